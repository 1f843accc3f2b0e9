using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Placement;
using OrleansScheduler.Core.Spaces;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="SpaceActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "space")]
[KeepAlive]
[PlacedByKey]
[Reentrant]
internal sealed class SpaceGrain(ClusterActivation activation, ClusterProcess process)
    : SpaceActor(activation.Context, process.Handlers, process.LoggerOf("Spaces"), null, () => process.Epoch), ISpaceGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
