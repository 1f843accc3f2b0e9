using System.Collections.Frozen;

namespace OrleansScheduler.Cluster.Calls;

/// <summary>Which grain interface stands for which contract of an actor.</summary>
internal sealed class ActorContracts(IEnumerable<ActorContract> contracts)
{
    private readonly FrozenDictionary<Type, Type> _grains = contracts
        .SelectMany(static pair => (KeyValuePair<Type, Type>[])[new(pair.Contract, pair.Grain), new(pair.Grain, pair.Grain)])
        .ToFrozenDictionary();

    /// <summary>The grain interface for a contract, or for itself.</summary>
    /// <exception cref="ArgumentException">No actor is registered for the contract.</exception>
    public Type GrainOf(Type contract) => _grains.TryGetValue(contract, out Type? grain)
        ? grain
        : throw new ArgumentException($"No actor is registered for the contract {contract}.", nameof(contract));
}
