using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>What one kind of actor tells others does not arrive as it should.</summary>
internal sealed class ReferenceBug(string name, string kind, Func<object, object> bend) : PlantedBug(name)
{
    public override IActor Create(World world, IActorContext context, Func<IActorContext, IActor> create) =>
        create(context.Kind == kind ? new BentContext(context) { Bend = bend } : context);
}
