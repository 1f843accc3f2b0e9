using System.Collections.Immutable;
using OrleansScheduler.Embedded.Actors;

namespace OrleansScheduler.Simulation.Planning;

/// <summary>All that is done to the product in one simulation. It follows from the seed; a shortened one leaves steps out.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Start">What the clock shows at first.</param>
/// <param name="Length">How long clients and the world are at work.</param>
/// <param name="Engine">Limits of the engine.</param>
/// <param name="Storage">What journals are kept in.</param>
/// <param name="Steps">In order of time. Their places are their names, so a left-out one is null.</param>
internal sealed record Plan(
    int Seed, DateTimeOffset Start, TimeSpan Length, ActorEngineOptions Engine, StoragePlan Storage, ImmutableArray<Step?> Steps)
{
    /// <summary>Whether the code of actions is another one after each start.</summary>
    public bool ChangesCode { get; init; }

    /// <summary>Whether every entry that lands is among the notes.</summary>
    public bool TellsEntries { get; init; }

    /// <summary>The places of the steps that are not left out.</summary>
    public ImmutableArray<int> Kept => [.. Enumerable.Range(0, Steps.Length).Where(place => Steps[place] is not null)];

    /// <summary>The plan with only some of its steps.</summary>
    public Plan Only(IEnumerable<int> places)
    {
        HashSet<int> kept = [.. places];
        return this with { Steps = [.. Steps.Select((step, place) => kept.Contains(place) ? step : null)] };
    }
}
