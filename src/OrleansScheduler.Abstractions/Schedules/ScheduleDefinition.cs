using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Schedules;

/// <summary>When something runs, and what.</summary>
/// <param name="Trigger">The rule in time.</param>
/// <param name="Target">What runs.</param>
/// <param name="MaxRunDuration">After it a run is aborted, 10 ms to 7 days; null for 20 minutes.</param>
/// <param name="Tolerance">How late an occurrence may be noticed, 1 s to 1 day; older ones are missed. Null for 60 s.</param>
/// <param name="Overlap">What becomes of an occurrence while a run is open; null for <see cref="OverlapPolicy.Skip"/>.</param>
/// <param name="Missed">What becomes of missed occurrences; null for <see cref="MissedPolicy.Skip"/>.</param>
/// <param name="Jitter">Each occurrence starts later by a length that is stable for it, less than this one; up to 1 day, null for none.</param>
/// <param name="StartAt">Nominal instants before it are not due; null for no bound.</param>
/// <param name="EndAt">Nominal instants at or after it are not due; null for no bound.</param>
/// <param name="MaxFirings">After so many runs by its trigger the schedule is completed, at least 1; null for no bound.</param>
/// <param name="ExcludedDates">Dates, in the trigger's zone (UTC where it has none), on which it is not due; at most 1,000. Null for none.</param>
/// <param name="Group">The concurrency group whose cap its runs share; null for none.</param>
/// <param name="Labels">At most 32 names of up to 100 characters with values of up to 500; null for none.</param>
/// <param name="Description">For people, up to 1,000 characters; null for none.</param>
/// <param name="InitialPause">Why the schedule begins paused, up to 500 characters; null to begin active. Counts only when it is created.</param>
public sealed record ScheduleDefinition(
    Trigger Trigger,
    HandlerTarget Target,
    TimeSpan? MaxRunDuration = null,
    TimeSpan? Tolerance = null,
    OverlapPolicy? Overlap = null,
    MissedPolicy? Missed = null,
    TimeSpan? Jitter = null,
    DateTimeOffset? StartAt = null,
    DateTimeOffset? EndAt = null,
    long? MaxFirings = null,
    ImmutableArray<DateOnly>? ExcludedDates = null,
    string? Group = null,
    ImmutableSortedDictionary<string, string>? Labels = null,
    string? Description = null,
    string? InitialPause = null)
{
    /// <summary>After it a run is aborted.</summary>
    [JsonIgnore]
    public TimeSpan EffectiveMaxRunDuration => MaxRunDuration ?? TimeSpan.FromSeconds(1200);

    /// <summary>How late an occurrence may be noticed.</summary>
    [JsonIgnore]
    public TimeSpan EffectiveTolerance => Tolerance ?? TimeSpan.FromSeconds(60);

    /// <summary>What becomes of an occurrence while a run is open.</summary>
    [JsonIgnore]
    public OverlapPolicy EffectiveOverlap => Overlap ?? OverlapPolicy.Skip;

    /// <summary>What becomes of missed occurrences.</summary>
    [JsonIgnore]
    public MissedPolicy EffectiveMissed => Missed ?? MissedPolicy.Skip;
}
