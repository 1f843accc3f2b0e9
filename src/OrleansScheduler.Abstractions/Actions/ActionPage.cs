using System.Collections.Immutable;

namespace OrleansScheduler.Actions;

/// <summary>A page of actions.</summary>
/// <param name="Sequence">The sequence at which it was read.</param>
/// <param name="Actions">In order of their ids.</param>
/// <param name="Next">Pass it as <c>after</c> for the next page; null at the end.</param>
public sealed record ActionPage(long Sequence, ImmutableArray<ActionSummary> Actions, string? Next);
