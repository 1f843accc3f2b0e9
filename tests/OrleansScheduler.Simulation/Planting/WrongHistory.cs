using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Core.History;
using OrleansScheduler.Engine;
using OrleansScheduler.History;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A history that repeats the last run of a page at the head of the next one.</summary>
internal sealed class WrongHistory(IActorContext context) : HistoryActor(context, NullLogger.Instance), IHistory
{
    async Task<HistoryPage> IHistory.ListAsync(HistoryQuery query, CancellationToken cancellation)
    {
        HistoryPage page = await ListAsync(query, cancellation);
        return query.Before is { } before && await FindAsync(before.Run, cancellation) is { } last
            ? page with { Runs = page.Runs.Insert(0, last) }
            : page;
    }
}
