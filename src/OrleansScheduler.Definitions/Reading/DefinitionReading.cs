using System.Collections.Immutable;
using OrleansScheduler.Definitions.Files;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>What reading a file of definitions gave: either the file or its faults.</summary>
/// <param name="File">What the file defines; null when anything in it is wrong.</param>
/// <param name="Faults">All faults in the order of the file, at most 100; empty when there is a file.</param>
public sealed record DefinitionReading(DefinitionFile? File, ImmutableArray<DefinitionFault> Faults);
