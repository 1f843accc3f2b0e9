using System.Collections.Immutable;
using OrleansScheduler.Governing;

namespace OrleansScheduler.Core.Governing;

/// <summary>The page of the governor.</summary>
/// <param name="Settings">How many runs may be under way.</param>
/// <param name="Leases">Who holds a slot.</param>
/// <param name="Granted">The last token.</param>
/// <param name="Expired">How many leases expired.</param>
/// <param name="Ranks">How new the holders are, by run; null in pages from before there were ranks.</param>
/// <param name="Waiting">Always 0: pages from before there were ranks have it, and what is not known is not read.</param>
internal sealed record StoredGovernor(
    GovernorSettings Settings,
    ImmutableArray<Lease> Leases,
    long Granted,
    long Expired,
    ImmutableSortedDictionary<string, SlotRank>? Ranks = null,
    int Waiting = 0);
