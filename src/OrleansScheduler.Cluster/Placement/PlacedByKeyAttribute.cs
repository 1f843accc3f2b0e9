using Orleans.Placement;

namespace OrleansScheduler.Cluster.Placement;

/// <summary>Puts a grain class under <see cref="KeyPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlacedByKeyAttribute() : PlacementAttribute(KeyPlacement.Instance);
