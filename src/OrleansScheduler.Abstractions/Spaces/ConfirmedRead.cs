using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>What a reader saw.</summary>
/// <param name="Address">What was read.</param>
/// <param name="Depth">Whether the whole value counts, or only its shape.</param>
/// <param name="Sequence">The sequence at which it had last changed.</param>
/// <param name="Hash">The hash of what was seen.</param>
public sealed record ConfirmedRead(Address Address, ReadDepth Depth, long Sequence, ContentHash Hash);
