using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>Another class stands in for one kind of actor.</summary>
internal sealed class ActorBug(string name, string kind, Func<World, IActorContext, IActor> create) : PlantedBug(name)
{
    public override IActor Create(World world, IActorContext context, Func<IActorContext, IActor> original) =>
        context.Kind == kind ? create(world, context) : original(context);
}
