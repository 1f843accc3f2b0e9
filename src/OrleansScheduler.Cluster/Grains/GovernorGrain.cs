using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Core.Governing;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="GovernorActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "governor")]
[KeepAlive]
[Reentrant]
internal sealed class GovernorGrain(ClusterActivation activation, ClusterProcess process)
    : GovernorActor(activation.Context, process.LoggerOf("Governing"), null, () => process.Epoch), IGovernorGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
