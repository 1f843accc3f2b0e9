using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Spaces;

/// <summary>A settler's request for work.</summary>
/// <param name="Demand">Addresses that somebody waits for: what writes them counts as live.</param>
/// <param name="RunsMax">1 to 1,000 runs at most.</param>
/// <param name="Running">Actions that are running: they are not given out again, and what they may change waits for them.</param>
public sealed record PlanRequest(ImmutableArray<Address> Demand, int RunsMax, ImmutableArray<ActionId> Running);
