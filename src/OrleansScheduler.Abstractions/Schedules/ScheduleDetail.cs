using System.Collections.Immutable;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Schedules;

/// <summary>A schedule whole.</summary>
/// <param name="Schedule">Its id.</param>
/// <param name="Definition">When it runs, and what.</param>
/// <param name="Revision">Grows by one with each change of the definition; the first is 1.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Incarnation">The life of it: a deleted and recreated schedule is another one.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ChangedBy">Who paused, resumed, changed or completed it last; null when nobody did.</param>
/// <param name="Reason">Why it is paused or completed; null while it is active.</param>
/// <param name="Description">When it is due, in words.</param>
/// <param name="NextInstant">The next nominal instant; null while it is not due, or waits for a start.</param>
/// <param name="Counters">What became of its occurrences.</param>
/// <param name="OpenRuns">What waits for a slot or runs, newest first; at most 100.</param>
/// <param name="LastRun">The newest run; null before the first.</param>
public sealed record ScheduleDetail(
    ScheduleId Schedule,
    ScheduleDefinition Definition,
    long Revision,
    ScheduleState State,
    string Incarnation,
    DateTimeOffset CreatedAt,
    string? ChangedBy,
    string? Reason,
    string Description,
    DateTimeOffset? NextInstant,
    ScheduleCounters Counters,
    ImmutableArray<ScheduleRun> OpenRuns,
    ScheduleRun? LastRun);
