using System.Collections.Immutable;

namespace OrleansScheduler.Governing;

/// <summary>The governor as it is.</summary>
/// <param name="Settings">How many runs may be under way.</param>
/// <param name="Leases">Who holds a slot, oldest first.</param>
/// <param name="Waiting">How many runs wait.</param>
/// <param name="Granted">How many slots were ever granted.</param>
/// <param name="Expired">How many were taken back because their time was over.</param>
public sealed record GovernorSnapshot(GovernorSettings Settings, ImmutableArray<Lease> Leases, int Waiting, long Granted, long Expired);
