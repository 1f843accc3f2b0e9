using System.Collections.Immutable;

namespace OrleansScheduler.Actions;

/// <summary>The actions of a space and what connects them.</summary>
/// <param name="Sequence">The sequence at which it was read.</param>
/// <param name="Nodes">The actions in order of their ids; at most 10,000.</param>
/// <param name="Edges">Who reads what whom writes; at most 100,000.</param>
/// <param name="Truncated">True when one of the limits cut it.</param>
public sealed record SpaceGraph(
    long Sequence, ImmutableArray<ActionSummary> Nodes, ImmutableArray<GraphEdge> Edges, bool Truncated);
