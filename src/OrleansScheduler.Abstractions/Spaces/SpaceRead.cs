using System.Collections.Immutable;

namespace OrleansScheduler.Spaces;

/// <summary>Reads of one instant of a space.</summary>
/// <param name="Sequence">The sequence at which all of them were read.</param>
/// <param name="Reads">One for each target, in the order asked.</param>
public sealed record SpaceRead(long Sequence, ImmutableArray<DocumentRead> Reads);
