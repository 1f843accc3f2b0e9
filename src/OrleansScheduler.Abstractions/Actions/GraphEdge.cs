using OrleansScheduler.Identity;

namespace OrleansScheduler.Actions;

/// <summary>One action reads what another one writes.</summary>
/// <param name="Writer">The one that writes.</param>
/// <param name="Reader">The one that reads.</param>
public sealed record GraphEdge(ActionId Writer, ActionId Reader);
