using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Actions;

/// <summary>What one run of an action read, wrote and may write.</summary>
/// <param name="Run">Its number; it grows by one per kept run of the action.</param>
/// <param name="Implementation">The fingerprint of the handler's code and of the definition.</param>
/// <param name="Runtime">The fingerprint of what ran it.</param>
/// <param name="Sequence">The sequence at which it read.</param>
/// <param name="Reads">Everything it read, each with the sequence at which that had last changed and its hash.</param>
/// <param name="Changed">Where its writes changed something.</param>
/// <param name="Known">The complete set that it answers for: declared outputs and what it wrote.</param>
/// <param name="Commit">The sequence of its commit; 0 when it changed nothing.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Error">What went wrong; null when it completed.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Turns">The steps that it counted.</param>
public sealed record Observation(
    long Run,
    string Implementation,
    string Runtime,
    long Sequence,
    ImmutableArray<ConfirmedRead> Reads,
    ImmutableArray<Address> Changed,
    ImmutableArray<Address> Known,
    long Commit,
    RunStatus Status,
    RunError? Error,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    int Turns);
