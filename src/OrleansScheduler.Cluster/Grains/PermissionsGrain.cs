using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Core.Permissions;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="PermissionsActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "permissions")]
[KeepAlive]
[Reentrant]
internal sealed class PermissionsGrain(ClusterActivation activation)
    : PermissionsActor(activation.Context), IPermissionsGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
