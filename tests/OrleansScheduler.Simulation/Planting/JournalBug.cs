using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>One kind of actor has a journal that does something wrong; with the kind null, every one.</summary>
internal sealed class JournalBug(string name, string? kind, Func<IJournalStorage, IJournalStorage> bend) : PlantedBug(name)
{
    public override IActor Create(World world, IActorContext context, Func<IActorContext, IActor> create) =>
        create(kind is null || context.Kind == kind ? new BentContext(context) { BentJournal = bend(context.Journal) } : context);
}
