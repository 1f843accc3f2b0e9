using OrleansScheduler.Spaces;

namespace OrleansScheduler.Settling;

/// <summary>What a pull found.</summary>
/// <param name="Settled">False when the wait ended before everything that writes the address had run.</param>
/// <param name="Sequence">The sequence of the read.</param>
/// <param name="Read">What is there.</param>
public sealed record PullAnswer(bool Settled, long Sequence, DocumentRead Read);
