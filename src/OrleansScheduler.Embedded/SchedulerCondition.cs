using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded;

/// <summary>How the parts of an embedded scheduler are, all of one moment.</summary>
/// <param name="Storage">Counters and health of storage.</param>
/// <param name="Engine">Counters of the engine.</param>
/// <param name="Incarnation">How often the data folder was opened.</param>
/// <param name="IsOnHold">True while schedules do not fire.</param>
/// <param name="ClockFault">Why a clock shard could not be touched last time; null when all could.</param>
/// <param name="Unwritten">State that may lag behind and cannot be written now; at most 1,000.</param>
public sealed record SchedulerCondition(
    StoreStatistics Storage,
    EngineStatistics Engine,
    long Incarnation,
    bool IsOnHold,
    string? ClockFault,
    ImmutableArray<BackgroundTrouble> Unwritten)
{
    /// <summary>The epoch of the deployment; 1 until an archive is imported.</summary>
    public long Epoch { get; init; } = 1;

    /// <summary>The export that is under way; null when none is.</summary>
    public ExportProgress? Export { get; init; }
}
