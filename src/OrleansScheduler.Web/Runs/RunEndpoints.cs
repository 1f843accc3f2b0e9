using OrleansScheduler.Actions;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.OpenApi;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Runs;

/// <summary>Runs of schedules. <c>{run}</c> is <c>schedule.incarnation.number</c>, without the owner.</summary>
internal static class RunEndpoints
{
    private const string OrderNotes =
        "Open runs are shown on the first page, and only of one schedule. Ended ones follow, by when they ended, as far back as "
        + "their history is kept.";

    private static readonly ParameterDoc[] Filters =
    [
        ParameterDoc.Query("status", "Only runs of this status; queued and running need a schedule.", ValueSchemas.OneOf<RunStatus>()),
        ParameterDoc.Query("from", "Only runs that ended then or later, and open ones.", ValueSchemas.Instant()),
        ParameterDoc.Query("to", "Only runs that ended before.", ValueSchemas.Instant()),
        Parameters.Limit(RunPage.RunsMax),
        ParameterDoc.Query("cursor", "The value of next in the page before; missing for the first page.", ValueSchemas.Text()),
    ];

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/schedules/{schedule}/runs", ListOfAsync, new OperationDoc("list_runs_of_schedule", "Lists the runs of a schedule, newest first.")
            .Notes(OrderNotes).Asks(Filters).Gives<RunPage>("Runs.").Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound));
        routes.Get("/runs", ListAsync, new OperationDoc("list_runs", "Lists runs, newest first.")
            .Notes(OrderNotes)
            .Asks(ParameterDoc.Query("schedule", "Only runs of this schedule.", ValueSchemas.Text(100)))
            .Asks(Filters).Gives<RunPage>("Runs.").Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound));
        routes.Get("/runs/{run}", GetAsync, new OperationDoc("get_run", "Shows a run, open or ended.")
            .Gives<ScheduleRun>("The run.").Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound));
        routes.Get("/runs/{run}/explain", ExplainAsync, new OperationDoc("explain_run", "Says why a run happened, and what it changed.")
            .Gives<RunExplanation>("The reasons, for programs and for people.").Fails(ErrorCodes.IdInvalid, ErrorCodes.NotFound));
    }

    private static async Task<ApiAnswer> ListOfAsync(ApiRequest request) =>
        ApiAnswer.Of(await RunLister.ListAsync(request, RunQuery.Of(request, request.ScheduleId)));

    private static async Task<ApiAnswer> ListAsync(ApiRequest request) =>
        ApiAnswer.Of(await RunLister.ListAsync(request, RunQuery.Of(request, null)));

    private static async Task<ApiAnswer> GetAsync(ApiRequest request) => ApiAnswer.Of(await RunFinder.FindAsync(request));

    private static async Task<ApiAnswer> ExplainAsync(ApiRequest request)
    {
        var run = await RunFinder.FindAsync(request);
        var schedule = await RunFinder.FindScheduleAsync(request, run.Run);
        var space = schedule?.Definition.Target.Space;
        return ApiAnswer.Of(RunExplanation.Of(run, space, schedule is not null, await CommitOfAsync(request, run, space)));
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
