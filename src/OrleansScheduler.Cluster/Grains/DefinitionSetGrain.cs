using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Core.Definitions;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="DefinitionSetActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "definitions")]
[KeepAlive]
[Reentrant]
internal sealed class DefinitionSetGrain(ClusterActivation activation)
    : DefinitionSetActor(activation.Context), IDefinitionSetGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
