using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Core.Schedules;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="ScheduleActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "schedule")]
[KeepAlive]
[Reentrant]
internal sealed class ScheduleGrain(ClusterActivation activation, ClusterProcess process)
    : ScheduleActor(
        activation.Context, process.Handlers, process.Gate, process.Id, process.LoggerOf("Schedules"), null, process.Evaluator), IScheduleGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
