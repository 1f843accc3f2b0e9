using System.Collections.Immutable;

namespace OrleansScheduler.Spaces;

/// <summary>What became of the results of a wave.</summary>
/// <param name="Sequence">The sequence after it.</param>
/// <param name="Outcomes">One for each result, in order.</param>
public sealed record LandReceipt(long Sequence, ImmutableArray<Landing> Outcomes);
