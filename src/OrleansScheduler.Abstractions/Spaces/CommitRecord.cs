using System.Collections.Immutable;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>What a space keeps of a commit.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="CommittedAt">When it was accepted.</param>
/// <param name="By">Who wrote it: <c>session NAME</c>, or <c>action ID</c>.</param>
/// <param name="Number">The local sequence in the session, or the number of the action's run.</param>
/// <param name="Depth">0 for a commit from outside; else one more than the deepest of the commits that caused it.</param>
/// <param name="Addresses">Where it changed something; at most 20.</param>
/// <param name="AddressesTotal">How many operations changed something.</param>
public sealed record CommitRecord(
    long Sequence, DateTimeOffset CommittedAt, string By, long Number, int Depth, ImmutableArray<Address> Addresses, int AddressesTotal);
