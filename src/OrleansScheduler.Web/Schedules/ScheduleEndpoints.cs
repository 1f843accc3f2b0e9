using Microsoft.AspNetCore.Http;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Problems;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Schedules;

/// <summary>Schedules.</summary>
internal static class ScheduleEndpoints
{
    private const string All = "/schedules";
    private const string One = "/schedules/{schedule}";
    private const int RequestCharsMax = 100;
    private const int ReasonCharsMax = 1000;
    private const int CountOtherwise = 5;

    public static void Map(ApiRoutes routes)
    {
        routes.Get(All, ListAsync, ScheduleDocs.List);
        routes.Map(HttpMethods.Post, All, CreateAsync, ScheduleDocs.Create);
        routes.MapAlone(HttpMethods.Post, $"{All}/preview", PreviewAsync, ScheduleDocs.Preview);
        routes.Get(One, GetAsync, ScheduleDocs.Get);
        routes.Map(HttpMethods.Put, One, PutAsync, ScheduleDocs.Put);
        routes.Map(HttpMethods.Delete, One, DeleteAsync, ScheduleDocs.Delete);
        routes.Map(HttpMethods.Post, $"{One}/execute", ExecuteAsync, ScheduleDocs.Execute);
        routes.Map(HttpMethods.Post, $"{One}/pause", PauseAsync, ScheduleDocs.Pause);
        routes.Map(HttpMethods.Post, $"{One}/resume", ResumeAsync, ScheduleDocs.Resume);
        routes.Map(HttpMethods.Post, $"{One}/allow", CommandAllowance.AllowAsync, ScheduleDocs.Allow);
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request)
    {
        var isDetailed = request.Query.Flag("details");
        var limit = isDetailed ? request.Query.Limit(SchedulePage.WholeMax) : request.Query.Limit();
        var page = await request.Actor<ICatalog>(ApiRequest.Owner)
            .ListAsync(MemberKind.Schedule, request.Query.Text("after"), limit, request.Patience());
        if (!isDetailed)
        {
            return ApiAnswer.Of(new SchedulePage(page.Names, null, page.Next));
        }

        var details = await Task.WhenAll(page.Names.Select(name => FindAsync(request, name)));
        return ApiAnswer.Of(new SchedulePage(null, [.. details.OfType<ScheduleDetail>()], page.Next));
    }

    // The catalog hears of a deletion a moment later, so a name in it may stand for nothing.
    private static async Task<ScheduleDetail?> FindAsync(ApiRequest request, string name)
    {
        try
        {
            return await request.Actor<ISchedule>(ScheduleId.Of(ApiRequest.Owner, name).ToString()).GetAsync(request.Patience());
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            return null;
        }
    }

    private static async Task<ApiAnswer> CreateAsync(ApiRequest request)
    {
        var body = await request.BodyAsync<ScheduleBody>();
        var id = IdOf(body.Name ?? throw Fault.Invalid("name", "body lacks the field name."));
        var definition = body.ToDefinition(Now(request));
        return ScheduleWriter.Answer(request, await CheckedAsync(
            body, () => request.Actor<ISchedule>(id.ToString()).CreateAsync(definition, request.Patience())));
    }

    private static async Task<ApiAnswer> PutAsync(ApiRequest request)
    {
        var who = Requester.Who(request.Query.Text("who"));
        var body = await request.BodyAsync<ScheduleBody>();
        if (body.Name is not null)
        {
            throw Fault.Invalid("name", "The address names the schedule; the body has no name.");
        }

        var definition = body.ToDefinition(Now(request));
        return await CheckedAsync(body, () => ScheduleWriter.PutAsync(request, definition, who));
    }

    private static async Task<ApiAnswer> PreviewAsync(ApiRequest request)
    {
        var now = Now(request);
        var from = request.Query.Instant("from") ?? now;
        var count = (int)(request.Query.Number("count", 1, SchedulePreview.CountMax) ?? CountOtherwise);
        var body = await request.BodyAsync<ScheduleBody>();
        var id = IdOf(body.Name ?? SchedulePreview.NameOtherwise);
        var definition = body.ToDefinition(now);
        return await CheckedAsync(
            body, () => Task.FromResult(ApiAnswer.Of(SchedulePreview.Of(definition, id, now, from, count, request.Evaluator))));
    }

    private static async Task<ApiAnswer> GetAsync(ApiRequest request) =>
        ScheduleWriter.Answer(request, await request.Schedule.GetAsync(request.Patience()));

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
        return ScheduleWriter.Answer(request, await request.Schedule.PauseAsync(Requester.Who(body?.Who), reason, request.Patience()));
    }

    private static async Task<ApiAnswer> ResumeAsync(ApiRequest request)
    {
        var body = await request.OptionalBodyAsync<ResumeBody>();
        return ScheduleWriter.Answer(request, await request.Schedule.ResumeAsync(Requester.Who(body?.Who), request.Patience()));
    }

    private static ScheduleId IdOf(string name) => RequestQuery.Named("name", () => ScheduleId.Of(ApiRequest.Owner, name));

    private static DateTimeOffset Now(ApiRequest request) => request.Service<TimeProvider>().GetUtcNow();

    private static async Task<T> CheckedAsync<T>(ScheduleBody body, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (SchedulerException fault)
        {
            // The fault itself is thrown on, so that its stack stays whole.
            body.WithField(fault);
            throw;
        }
    }
}
