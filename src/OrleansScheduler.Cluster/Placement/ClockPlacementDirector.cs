using System.Globalization;
using Orleans.Runtime.Placement;

namespace OrleansScheduler.Cluster.Placement;

/// <summary>Chooses the silo of <see cref="ClockPlacement"/>.</summary>
internal sealed class ClockPlacementDirector(FiringSilos firing) : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
        {
            return Task.FromResult(hint);
        }

        int shard = int.Parse(target.GrainIdentity.Key.ToString()!, NumberStyles.None, CultureInfo.InvariantCulture);
        return Task.FromResult(ClockHomes.Of(firing.Among(silos))[shard]);
    }
}
