using System.Globalization;
using OrleansScheduler.Errors;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Requests;

namespace OrleansScheduler.Web.Runs;

/// <summary>Finds a run: with its schedule, or in the histories of the last days.</summary>
internal static class RunFinder
{
    /// <summary>The run of the address.</summary>
    /// <exception cref="SchedulerException"><c>id_invalid</c>, <c>not_found</c>.</exception>
    public static async Task<ScheduleRun> FindAsync(ApiRequest request)
    {
        var id = RunId.Parse($"{ApiRequest.Owner}/{request.Route("run")}");
        try
        {
            return await ScheduleOf(request, id).GetRunAsync(id, request.Patience());
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            return await FindEndedAsync(request, id) ?? throw Unknown(id);
        }
    }

    /// <summary>The schedule of a run; null when it was deleted.</summary>
    public static async Task<ScheduleDetail?> FindScheduleAsync(ApiRequest request, RunId id)
    {
        try
        {
            return await ScheduleOf(request, id).GetAsync(request.Patience());
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.NotFound)
        {
            return null;
        }
    }

    private static SchedulerException Unknown(RunId id) => new(
        ErrorCodes.NotFound,
        string.Create(CultureInfo.InvariantCulture, $"No run '{id}' is open or kept; ended ones are kept for {HistoryShard.DaysKept} days."));

    private static ISchedule ScheduleOf(ApiRequest request, RunId id) => request.Actor<ISchedule>(id.Schedule.ToString());

    // The id does not say when the run ended, so every day that is kept is asked, all at once.
    private static async Task<ScheduleRun?> FindEndedAsync(ApiRequest request, RunId id)
    {
        var today = DateOnly.FromDateTime(request.Service<TimeProvider>().GetUtcNow().UtcDateTime);
        var days = Enumerable.Range(0, RunQuery.DaysMax).Select(back => today.AddDays(-back));
        var found = await Task.WhenAll(days.Select(day =>
            request.Actor<IHistory>(HistoryShard.KeyOf(id.Schedule, day)).FindAsync(id, request.Patience())));
        return found.FirstOrDefault(run => run is not null);
    }
}
