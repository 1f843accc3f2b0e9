using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>What to read.</summary>
/// <param name="Address">An address.</param>
/// <param name="Depth">Deep for the value, shallow for its shape.</param>
public sealed record ReadTarget(Address Address, ReadDepth Depth);
