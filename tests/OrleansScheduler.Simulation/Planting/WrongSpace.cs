using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A space that takes commits whose reads are no longer current, or forgets causes that came during a run.</summary>
internal sealed class WrongSpace(World world, IActorContext context, bool confirms)
    : SpaceActor(context, world.Process!.Handlers, NullLogger.Instance), ISpace
{
    Task<CommitReceipt> ISpace.CommitAsync(CommitRequest request, CancellationToken cancellation) =>
        CommitAsync(confirms ? request : request with { Reads = [] }, cancellation);

    Task<LandReceipt> ISpace.LandWaveAsync(ImmutableArray<RunResult> results, CancellationToken cancellation) =>
        LandWaveAsync(confirms ? [.. results.Select(result => result with { CauseHigh = long.MaxValue })] : results, cancellation);
}
