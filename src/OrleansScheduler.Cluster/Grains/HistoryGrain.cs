using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Core.History;

namespace OrleansScheduler.Cluster.Grains;

/// <summary><see cref="HistoryActor"/> as a grain.</summary>
[GrainType(ActorGrain.TypePrefix + "history")]
[KeepAlive]
[Reentrant]
internal sealed class HistoryGrain(ClusterActivation activation, ClusterProcess process)
    : HistoryActor(activation.Context, process.LoggerOf("History")), IHistoryGrain, IGrainBase, IRemindable
{
    /// <inheritdoc/>
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
