using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>One kind of actor lives in a context that is wrong.</summary>
internal sealed class ContextBug(string name, string kind, Func<World, IActorContext, IActorContext> bend) : PlantedBug(name)
{
    public override IActor Create(World world, IActorContext context, Func<IActorContext, IActor> create) =>
        create(context.Kind == kind ? bend(world, context) : context);
}
