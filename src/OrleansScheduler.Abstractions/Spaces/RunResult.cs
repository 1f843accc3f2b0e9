using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Spaces;

/// <summary>What a run of an action brought.</summary>
/// <param name="Action">The action.</param>
/// <param name="Revision">From its ticket.</param>
/// <param name="Run">From its ticket.</param>
/// <param name="CauseHigh">From its ticket.</param>
/// <param name="Sequence">From its ticket.</param>
/// <param name="StartedAt">When the handler was called.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Error">What went wrong; null when it completed.</param>
/// <param name="Turns">The steps that it counted.</param>
/// <param name="Reads">What it read, each address and depth once.</param>
/// <param name="Operations">What it wrote; empty when it failed.</param>
public sealed record RunResult(
    ActionId Action,
    long Revision,
    long Run,
    long CauseHigh,
    long Sequence,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    RunStatus Status,
    RunError? Error,
    int Turns,
    ImmutableArray<ConfirmedRead> Reads,
    ImmutableArray<Operation> Operations);
