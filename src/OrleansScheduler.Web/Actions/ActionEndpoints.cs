using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Actions;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Web.OpenApi;
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
        routes.Map(HttpMethods.Post, All, RegisterAsync, new OperationDoc("register_actions", "Registers actions.")
            .Notes("Registering an action again with the same bindings changes nothing.")
            .Takes<ActionBody[]>().Gives<Registration>("The actions with their ids.")
            .Fails(ErrorCodes.UnknownHandler, ErrorCodes.SelfDependent, ErrorCodes.TooManyActions, ErrorCodes.PathInvalid));
        routes.Get(All, ListAsync, new OperationDoc("list_actions", "Lists the actions of a space.")
            .Asks(Parameters.After, Parameters.Limit()).Gives<ActionPage>("Actions."));
        routes.Get(One, GetAsync, new OperationDoc("get_action", "Shows an action whole.")
            .Gives<ActionDetail>("The action.").Fails(ErrorCodes.NotFound, ErrorCodes.Ambiguous));
        routes.Map(HttpMethods.Delete, One, UnregisterAsync, new OperationDoc("unregister_action", "Removes an action. Only an id is accepted.")
            .GivesNothing("It is gone, or was not there.").Fails(ErrorCodes.IdInvalid));
        routes.Map(HttpMethods.Post, $"{One}/run", MarkAsync, new OperationDoc("run_action", "Gives an action a cause to run.")
            .Takes<MarkBody>(required: false).Gives<MarkAnswer>("It has a cause to run.", 202)
            .Fails(ErrorCodes.NotFound, ErrorCodes.Ambiguous));
        routes.Get($"{One}/explain", ExplainAsync, Explain("explain_action"));
        routes.Get("/spaces/{space}/explain/{action}", ExplainAsync, Explain("explain"));
    }

    private static OperationDoc Explain(string id) => new OperationDoc(id, "Says why an action ran, and what it read and wrote.")
        .Asks(ParameterDoc.Query("run", "The number of a run of the action; the last one when it is missing.", ValueSchemas.Number(1)))
        .Gives<Explanation>("The reasons, for programs and for people.").Fails(ErrorCodes.NotFound, ErrorCodes.Ambiguous);

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
