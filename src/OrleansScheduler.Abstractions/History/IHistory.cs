using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.History;

/// <summary>The runs of some schedules of an owner that ended on one day; removed 30 days later. Key: see <see cref="HistoryShard"/>.</summary>
[Actor("history")]
public interface IHistory
{
    /// <summary>A message of a schedule: these runs ended. A run that is known is not added again.</summary>
    /// <param name="runs">1 to 100 ended runs of this day.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task RecordAsync(ImmutableArray<ScheduleRun> runs, CancellationToken cancellation);

    /// <summary>Runs, newest first.</summary>
    Task<HistoryPage> ListAsync(HistoryQuery query, CancellationToken cancellation);

    /// <summary>One run; null when it is not here.</summary>
    Task<ScheduleRun?> FindAsync(RunId run, CancellationToken cancellation);
}
