using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Actions;

/// <summary>What connects a node with the others at one moment.</summary>
/// <param name="Reads">What its observation read.</param>
/// <param name="Declared">Its declared inputs, until a completed run has told what it really reads.</param>
/// <param name="Known">What it answers for.</param>
internal readonly record struct Wiring(
    ImmutableArray<ReadKey> Reads, ImmutableArray<ReadKey> Declared, ImmutableArray<ReadKey> Known)
{
    public static Wiring Of(ActionNode node) => new(
        node.Observation is { } observation ? Keys(observation.Reads, read => new ReadKey(read.Address, read.Depth)) : [],
        node.Observation is { Status: RunStatus.Completed } ? [] : Keys(node.Definition.Inputs, Whole),
        Keys(node.Known(), Whole));

    private static ReadKey Whole(Address address) => new(address, ReadDepth.Deep);

    private static ImmutableArray<ReadKey> Keys<T>(ImmutableArray<T> items, Func<T, ReadKey> key)
    {
        var keys = ImmutableArray.CreateBuilder<ReadKey>(items.Length);
        foreach (T item in items)
        {
            keys.Add(key(item));
        }

        return keys.MoveToImmutable();
    }
}
