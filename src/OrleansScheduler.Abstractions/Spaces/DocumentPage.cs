using System.Collections.Immutable;

namespace OrleansScheduler.Spaces;

/// <summary>A page of document ids.</summary>
/// <param name="Sequence">The sequence at which it was read.</param>
/// <param name="Documents">The ids, in ordinal order.</param>
/// <param name="Next">Pass it as <c>after</c> for the next page; null at the end.</param>
public sealed record DocumentPage(long Sequence, ImmutableArray<string> Documents, string? Next);
