using System.Collections.Immutable;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A history that loses every message of more than one run.</summary>
internal sealed class DeafHistory(IHistory inner) : IHistory
{
    public Task RecordAsync(ImmutableArray<ScheduleRun> runs, CancellationToken cancellation) =>
        runs.Length > 1 ? Task.CompletedTask : inner.RecordAsync(runs, cancellation);

    public Task<HistoryPage> ListAsync(HistoryQuery query, CancellationToken cancellation) => inner.ListAsync(query, cancellation);

    public Task<ScheduleRun?> FindAsync(RunId run, CancellationToken cancellation) => inner.FindAsync(run, cancellation);
}
