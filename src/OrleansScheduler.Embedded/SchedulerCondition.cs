using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded;

/// <summary>How the parts of an embedded scheduler are, all of one moment.</summary>
/// <param name="Storage">Counters and health of storage.</param>
/// <param name="Engine">Counters of the engine.</param>
/// <param name="Incarnation">How often the data folder was opened.</param>
/// <param name="IsOnHold">True while schedules do not fire.</param>
/// <param name="ClockFault">Why a clock shard could not be touched last time; null when all could.</param>
public sealed record SchedulerCondition(
    StoreStatistics Storage, EngineStatistics Engine, long Incarnation, bool IsOnHold, string? ClockFault);
