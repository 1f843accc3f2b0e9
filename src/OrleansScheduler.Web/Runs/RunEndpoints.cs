using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Schedules;

/// <summary>Runs of schedules. <c>{run}</c> is <c>schedule.incarnation.number</c>, without the owner.</summary>
internal static class RunEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/schedules/{schedule}/runs", ListOfAsync, "limit");
        routes.Get("/runs", ListAsync, "schedule", "limit");
        routes.Get("/runs/{run}", GetAsync);
        routes.Get("/runs/{run}/explain", ExplainAsync);
    }

    private static Task<ApiAnswer> ListOfAsync(ApiRequest request) => ListAsync(request, request.ScheduleId);

    private static Task<ApiAnswer> ListAsync(ApiRequest request)
    {
        var name = request.Query.RequiredText("schedule");
        return ListAsync(request, RequestQuery.Named("schedule", () => ScheduleId.Of(ApiRequest.Owner, name)));
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request, ScheduleId schedule)
    {
        var limit = request.Query.Limit(RunPage.RunsMax);
        return ApiAnswer.Of(new RunPage(await request.Actor<ISchedule>(schedule.ToString()).ListRunsAsync(limit, request.Patience())));
    }

    private static async Task<ApiAnswer> GetAsync(ApiRequest request)
    {
        var (schedule, run) = Find(request);
        return ApiAnswer.Of(await schedule.GetRunAsync(run, request.Patience()));
    }

    private static async Task<ApiAnswer> ExplainAsync(ApiRequest request)
    {
        var (schedule, id) = Find(request);
        var run = await schedule.GetRunAsync(id, request.Patience());
        var space = (await schedule.GetAsync(request.Patience())).Definition.Target.Space;
        return ApiAnswer.Of(RunExplanation.Of(run, space, await CommitOfAsync(request, run, space)));
    }

    private static (ISchedule Schedule, RunId Run) Find(ApiRequest request)
    {
        var run = RunId.Parse($"{ApiRequest.Owner}/{request.Route("run")}");
        return (request.Actor<ISchedule>(run.Schedule.ToString()), run);
    }

    // What the space no longer describes it leaves out, and the first commit that it has is a later one.
    private static async Task<CommitRecord?> CommitOfAsync(ApiRequest request, ScheduleRun run, SpaceId? space)
    {
        if (space is not { } id || run.Commit is not { } sequence)
        {
            return null;
        }

        var page = await request.Actor<ISpace>(id.ToString()).ListCommitsAsync(sequence - 1, 1, TimeSpan.Zero, request.Patience());
        return page.Commits.FirstOrDefault(commit => commit.Sequence == sequence);
    }
}
