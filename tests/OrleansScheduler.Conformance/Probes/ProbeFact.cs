using System.Collections.Immutable;

namespace OrleansScheduler.Conformance.Probes;

/// <summary>An argument with structure.</summary>
public sealed record ProbeFact(string Name, ImmutableArray<int> Numbers);
