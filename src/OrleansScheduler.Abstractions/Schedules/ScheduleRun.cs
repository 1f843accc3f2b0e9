using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Schedules;

/// <summary>One run of a schedule.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Origin">What made it due.</param>
/// <param name="Instant">The nominal instant, or that of the request.</param>
/// <param name="RequestedBy">Who asked for it; null for the trigger.</param>
/// <param name="Status">How it ended, or that it has not.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="EndedAt">When it ended; null while it is under way.</param>
/// <param name="Commit">The sequence of its commit; null when it committed nothing, or nobody knows.</param>
/// <param name="Turns">The steps that it counted.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
public sealed record ScheduleRun(
    RunId Run,
    OccurrenceOrigin Origin,
    DateTimeOffset Instant,
    string? RequestedBy,
    RunStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt = null,
    long? Commit = null,
    int Turns = 0,
    RunError? Error = null);
