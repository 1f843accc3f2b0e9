using Orleans.Concurrency;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Conformance.Probes;

namespace OrleansScheduler.Cluster.Tests.Actors;

[GrainType(ActorGrain.TypePrefix + "probe")]
[KeepAlive]
[Reentrant]
internal sealed class ProbeGrain(ClusterActivation activation, ProbeBoard board)
    : ProbeActor(activation.Context, board), IProbeGrain, IGrainBase, IRemindable
{
    public IGrainContext GrainContext => activation.Grain;

    Task IRemindable.ReceiveReminder(string reminderName, TickStatus status) => activation.WakeAsync();
}
