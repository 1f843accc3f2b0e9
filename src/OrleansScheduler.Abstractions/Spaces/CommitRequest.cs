using System.Collections.Immutable;

namespace OrleansScheduler.Spaces;

/// <summary>An atomic change of one space.</summary>
/// <param name="Session">Who numbers the commits, 1 to 200 characters. A space remembers 10,000 sessions, each for 7 days after its last commit, to the hour.</param>
/// <param name="LocalSequence">The number of this commit in the session, from 1. The pair makes repeating it harmless; the
/// last 64 of a session are remembered.</param>
/// <param name="Reads">What must still be current for the commit to be accepted; at most 10,000.</param>
/// <param name="Operations">1 to 10,000 changes, applied in order.</param>
public sealed record CommitRequest(
    string Session,
    long LocalSequence,
    ImmutableArray<ConfirmedRead> Reads,
    ImmutableArray<Operation> Operations);
