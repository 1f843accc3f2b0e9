using System.Collections.Immutable;

namespace OrleansScheduler.Actions;

/// <summary>What is kept of a run after the next one replaced its observation. The last 16 of each action are.</summary>
/// <param name="Run">Its number.</param>
/// <param name="Status">How it ended.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Sequence">The sequence at which it read.</param>
/// <param name="Commit">The sequence of its commit; 0 when it changed nothing.</param>
/// <param name="Causes">Why it ran; at most 20.</param>
/// <param name="CausesTotal">How many causes it answered.</param>
/// <param name="Error">What went wrong; null when it completed.</param>
public sealed record ActionRun(
    long Run,
    RunStatus Status,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    long Sequence,
    long Commit,
    ImmutableArray<Cause> Causes,
    int CausesTotal,
    RunError? Error);
