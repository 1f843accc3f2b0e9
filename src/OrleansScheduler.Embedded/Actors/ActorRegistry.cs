using System.Collections.Immutable;
using System.Reflection;
using OrleansScheduler.Embedded.Actors.Proxies;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>The kinds of actors that an engine can run. Filled once, before the first engine is created from it.</summary>
public sealed class ActorRegistry
{
    private readonly Dictionary<string, ActorRegistration> _byKind = new(StringComparer.Ordinal);
    private bool _closed;

    /// <summary>Registers a kind of actor and generates the class of its references, if the process has none yet.</summary>
    /// <typeparam name="TActor">The contract: an interface with <see cref="ActorAttribute"/> whose members, inherited ones
    /// included, are all methods that return <see cref="Task"/> or <see cref="Task{TResult}"/>, with up to seven arguments by
    /// value, of which only the last may be a <see cref="CancellationToken"/>.</typeparam>
    /// <param name="factory">Creates the actor of one activation; called within its first turn. Its result implements
    /// <typeparamref name="TActor"/>.</param>
    /// <param name="wakesAtStart">True for actors that hold a wake-up while they owe something: at a start they are all woken, even
    /// if the wall clock was set back meanwhile. False, the default: wake-ups wait for their instants.</param>
    /// <exception cref="ArgumentException">The contract breaks a rule, or its kind or itself is registered already.</exception>
    /// <exception cref="InvalidOperationException">An engine was created from this registry.</exception>
    public ActorRegistry Add<TActor>(Func<IActorContext, IActor> factory, bool wakesAtStart = false)
        where TActor : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        if (_closed)
        {
            throw new InvalidOperationException("An engine uses this registry already; actors are registered before.");
        }

        var contract = typeof(TActor);
        var methods = ContractRules.MethodsOf(contract);
        var kind = contract.GetCustomAttribute<ActorAttribute>()!.Kind;
        if (_byKind.TryGetValue(kind, out var other))
        {
            throw new ArgumentException($"The kind {kind} of {contract} is registered already, for {other.Contract}.");
        }

        _byKind.Add(kind, new ActorRegistration(contract, kind, wakesAtStart, factory, ProxyEmitter.For(contract, methods)));
        return this;
    }

    /// <summary>Puts a step between the engine and the factories of all kinds; for simulations.</summary>
    /// <param name="create">Creates an actor in place of the factory, which it is given.</param>
    internal ActorRegistry Through(Func<IActorContext, Func<IActorContext, IActor>, IActor> create)
    {
        foreach (ActorRegistration kind in _byKind.Values.ToArray())
        {
            _byKind[kind.Kind] = kind with { CreateActor = context => create(context, kind.CreateActor) };
        }

        return this;
    }

    /// <summary>Everything that was registered; nothing can be added any more.</summary>
    internal ImmutableArray<ActorRegistration> Close()
    {
        _closed = true;
        return [.. _byKind.Values];
    }
}
