using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Identity;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Actions;

/// <summary>Actions of a space. <c>{action}</c> is an id, or, where nothing is lost by a mistake, a name that one action has.</summary>
internal static class ActionEndpoints
{
    private const string All = "/spaces/{space}/actions";
    private const string One = "/spaces/{space}/actions/{action}";

    public static void Map(ApiRoutes routes)
    {
        routes.Map(HttpMethods.Post, All, RegisterAsync);
        routes.Get(All, ListAsync, "after", "limit");
        routes.Get(One, GetAsync);
        routes.Map(HttpMethods.Delete, One, UnregisterAsync);
        routes.Map(HttpMethods.Post, $"{One}/run", MarkAsync);
        routes.Get($"{One}/explain", ExplainAsync, "run");
        routes.Get("/spaces/{space}/explain/{action}", ExplainAsync, "run");
    }

    private static async Task<ApiAnswer> RegisterAsync(ApiRequest request)
    {
        var bodies = BodyJson.WithoutNulls([.. await request.BodyAsync<ActionBody[]>()], "");
        if (bodies.IsEmpty)
        {
            throw Fault.Invalid("body", "The array holds at least one action.");
        }

        var definitions = bodies.Select((body, index) => body.ToDefinition($"[{index}]")).ToImmutableArray();
        return ApiAnswer.Of(await request.Space.RegisterAsync(definitions, request.Patience()));
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request) => ApiAnswer.Of(
        await request.Space.ListActionsAsync(request.Query.Text("after"), request.Query.Limit(), request.Patience()));

    private static async Task<ApiAnswer> GetAsync(ApiRequest request) =>
        ApiAnswer.Of(await request.Space.GetActionAsync(request.Route("action"), request.Patience()));

    private static async Task<ApiAnswer> UnregisterAsync(ApiRequest request)
    {
        await request.Space.UnregisterAsync(ActionId.Parse(request.Route("action")), request.Patience());
        return ApiAnswer.Nothing;
    }

    private static async Task<ApiAnswer> MarkAsync(ApiRequest request)
    {
        var body = await request.OptionalBodyAsync<MarkBody>();
        var who = Requester.Who(body?.Who);
        await request.Space.MarkAsync(request.Route("action"), who, request.Patience());
        return ApiAnswer.Of(new MarkAnswer(true, who), StatusCodes.Status202Accepted);
    }

    private static async Task<ApiAnswer> ExplainAsync(ApiRequest request) => ApiAnswer.Of(
        await request.Space.ExplainAsync(request.Route("action"), request.Query.Number("run", min: 1), request.Patience()));
}
