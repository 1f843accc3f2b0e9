using Orleans.Runtime.Placement;

namespace OrleansScheduler.Cluster.Placement;

/// <summary>Chooses the silo of <see cref="KeyPlacement"/>.</summary>
internal sealed class KeyPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
        {
            return Task.FromResult(hint);
        }

        // Every silo has to come to the same answer, whichever order it knows the members in.
        Array.Sort(silos);
        return Task.FromResult(silos[target.GrainIdentity.Key.GetUniformHashCode() % (uint)silos.Length]);
    }
}
