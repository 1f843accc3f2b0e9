using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Placement;
using OrleansScheduler.Core.Settling;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="SettlerActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "settler")]
[KeepAlive]
[PlacedByKey]
[Reentrant]
internal sealed class SettlerGrain(ClusterActivation activation, ClusterProcess process)
    : SettlerActor(activation.Context, process.Handlers, process.Background, process.LoggerOf("Settling")), ISettlerGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
