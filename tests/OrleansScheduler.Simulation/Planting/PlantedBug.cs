using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>Something that is wrong with the product on purpose, to show that the simulation finds it.</summary>
/// <param name="name">What is wrong.</param>
internal class PlantedBug(string name)
{
    /// <summary>What is wrong.</summary>
    public string Name { get; } = name;

    /// <summary>The promises that it breaks: one of them has to find it.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Whether rows are written whatever their ETags are.</summary>
    public bool IgnoresETags { get; init; }

    /// <summary>Whether the code of actions counts as another one in each process.</summary>
    public bool ChangesCode { get; init; }

    /// <summary>Creates an actor; a bug does so in a context or class of its own, or not at all.</summary>
    public virtual IActor Create(World world, IActorContext context, Func<IActorContext, IActor> create) => create(context);

    public override string ToString() => Name;
}
