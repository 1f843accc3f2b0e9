using System.Collections.Immutable;

namespace OrleansScheduler.Spaces;

/// <summary>A page of commits.</summary>
/// <param name="Sequence">The present sequence of the space.</param>
/// <param name="Oldest">The oldest sequence that the space still describes; 0 when there is none.</param>
/// <param name="Commits">Oldest first.</param>
public sealed record CommitPage(long Sequence, long Oldest, ImmutableArray<CommitRecord> Commits);
