namespace OrleansScheduler.Cluster.Placement;

/// <summary>A clock shard comes up at its home, as <see cref="ClockHomes"/> has it for the silos of that moment.</summary>
/// <remarks>When silos come or go, <see cref="ClockMoving"/> brings those that are elsewhere home.</remarks>
internal sealed class ClockPlacement : PlacementStrategy
{
    public static ClockPlacement Instance { get; } = new();
}
