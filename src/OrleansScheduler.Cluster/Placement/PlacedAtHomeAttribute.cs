using Orleans.Placement;

namespace OrleansScheduler.Cluster.Placement;

/// <summary>Puts a grain class under <see cref="ClockPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlacedAtHomeAttribute() : PlacementAttribute(ClockPlacement.Instance);
