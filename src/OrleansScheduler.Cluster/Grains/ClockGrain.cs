using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Placement;
using OrleansScheduler.Core.Clocks;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="ClockActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "clock")]
[KeepAlive]
[PlacedAtHome]
[Reentrant]
internal sealed class ClockGrain(ClusterActivation activation, ClusterProcess process)
    : ClockActor(activation.Context, process.Gate, process.LoggerOf("Clocks")), IClockGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
