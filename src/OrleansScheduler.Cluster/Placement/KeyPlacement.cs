namespace OrleansScheduler.Cluster.Placement;

/// <summary>Actors of different kinds with one key get one silo, whoever calls them first.</summary>
/// <remarks>
/// A space and its settler talk to each other for every wave. The silo follows from the key and from the members at the time of
/// activation: after members came or went, two that were activated at different times may be apart until one of them moves.
/// </remarks>
internal sealed class KeyPlacement : PlacementStrategy
{
    public static KeyPlacement Instance { get; } = new();
}
