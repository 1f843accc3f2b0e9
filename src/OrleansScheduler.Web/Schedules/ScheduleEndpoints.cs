using Microsoft.AspNetCore.Http;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Schedules;

/// <summary>Schedules.</summary>
internal static class ScheduleEndpoints
{
    private const string All = "/schedules";
    private const string One = "/schedules/{schedule}";
    private const int RequestCharsMax = 100;
    private const int ReasonCharsMax = 1000;

    public static void Map(ApiRoutes routes)
    {
        routes.Get(All, ListAsync, "after", "limit");
        routes.Map(HttpMethods.Post, All, CreateAsync);
        routes.Get(One, GetAsync);
        routes.Map(HttpMethods.Delete, One, DeleteAsync, "who");
        routes.Map(HttpMethods.Post, $"{One}/execute", ExecuteAsync);
        routes.Map(HttpMethods.Post, $"{One}/pause", PauseAsync);
        routes.Map(HttpMethods.Post, $"{One}/resume", ResumeAsync);
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request) => ApiAnswer.Of(
        await request.Actor<ICatalog>(ApiRequest.Owner)
            .ListAsync(MemberKind.Schedule, request.Query.Text("after"), request.Query.Limit(), request.Patience()));

    // 200 and not 201: repeating the request is answered with the schedule that is there, and nobody can tell which it was.
    private static async Task<ApiAnswer> CreateAsync(ApiRequest request)
    {
        var body = await request.BodyAsync<ScheduleBody>();
        var id = RequestQuery.Named("name", () => ScheduleId.Of(ApiRequest.Owner, body.Name));
        var definition = body.ToDefinition();
        return ApiAnswer.Of(await request.Actor<ISchedule>(id.ToString()).CreateAsync(definition, request.Patience()));
    }

    private static async Task<ApiAnswer> GetAsync(ApiRequest request) =>
        ApiAnswer.Of(await request.Schedule.GetAsync(request.Patience()));

    private static async Task<ApiAnswer> DeleteAsync(ApiRequest request)
    {
        await request.Schedule.DeleteAsync(Requester.Who(request.Query.Text("who")), request.Patience());
        return ApiAnswer.Nothing;
    }

    private static async Task<ApiAnswer> ExecuteAsync(ApiRequest request)
    {
        var body = await request.OptionalBodyAsync<ExecuteBody>();
        var name = Requester.Text("request", body?.Request ?? request.Service<ProcessIdentity>().NextRequest(), RequestCharsMax);
        var run = await request.Schedule.ExecuteAsync(name, Requester.Who(body?.Who), request.Patience());
        return ApiAnswer.Of(run, StatusCodes.Status202Accepted);
    }

    private static async Task<ApiAnswer> PauseAsync(ApiRequest request)
    {
        var body = await request.OptionalBodyAsync<PauseBody>();
        var reason = Requester.Text("reason", body?.Reason ?? "paused by request", ReasonCharsMax);
        return ApiAnswer.Of(await request.Schedule.PauseAsync(Requester.Who(body?.Who), reason, request.Patience()));
    }

    private static async Task<ApiAnswer> ResumeAsync(ApiRequest request)
    {
        var body = await request.OptionalBodyAsync<ResumeBody>();
        return ApiAnswer.Of(await request.Schedule.ResumeAsync(Requester.Who(body?.Who), request.Patience()));
    }
}
