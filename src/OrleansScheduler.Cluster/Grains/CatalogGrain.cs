using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Core.Catalogs;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="CatalogActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "catalog")]
[KeepAlive]
[Reentrant]
internal sealed class CatalogGrain(ClusterActivation activation)
    : CatalogActor(activation.Context), ICatalogGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
