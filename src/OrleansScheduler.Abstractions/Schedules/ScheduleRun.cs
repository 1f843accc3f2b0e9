using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Schedules;

/// <summary>One run of a schedule.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Origin">What made it due.</param>
/// <param name="Instant">The nominal instant, or that of the request.</param>
/// <param name="RequestedBy">Who asked for it; null for the trigger.</param>
/// <param name="Status">How it ended, or that it has not.</param>
/// <param name="QueuedAt">When it was noticed, and began to wait for a slot.</param>
/// <param name="NotBefore">When it may start at the earliest; null for at once.</param>
/// <param name="StartedAt">When it got its slot and was started; null while it waits.</param>
/// <param name="EndedAt">When it ended; null while it is open.</param>
/// <param name="Commit">The sequence of its commit; null when it committed nothing, or nobody knows.</param>
/// <param name="Turns">The steps that it counted.</param>
/// <param name="Error">What went wrong; null when nothing did.</param>
/// <param name="Log">What the handler noted, up to 4,000 characters; null for nothing.</param>
public sealed record ScheduleRun(
    RunId Run,
    OccurrenceOrigin Origin,
    DateTimeOffset Instant,
    string? RequestedBy,
    RunStatus Status,
    DateTimeOffset QueuedAt,
    DateTimeOffset? NotBefore = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null,
    long? Commit = null,
    int Turns = 0,
    RunError? Error = null,
    string? Log = null);
