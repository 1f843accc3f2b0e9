using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>Nobody is woken after a crash.</summary>
internal sealed class WakeupBug(string name) : PlantedBug(name)
{
    public override IActor Create(World world, IActorContext context, Func<IActorContext, IActor> create) =>
        create(new BentContext(context) { BentWakeup = new NoWakeup() });
}
