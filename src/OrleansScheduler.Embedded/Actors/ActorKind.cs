using System.Collections.Concurrent;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>All actors of one kind in one engine.</summary>
internal sealed class ActorKind(ActorRegistration registration, EngineCore core)
{
    private readonly ConcurrentDictionary<string, Activation> _live = new(StringComparer.Ordinal);
    private long _pastRequests;
    private long _pastQueued;

    internal string Name => registration.Kind;

    /// <summary>Whether its stored wake-ups fire at every start.</summary>
    internal bool WakesAtStart => registration.WakesAtStart;

    internal EngineCore Core => core;

    /// <summary>What its ended activations are still writing.</summary>
    internal UnfinishedWrites Unfinished { get; } = new();

    /// <summary>The activations in memory at about this moment.</summary>
    internal IEnumerable<Activation> Live => _live.Select(static pair => pair.Value);

    /// <summary>Requests of activations that have ended.</summary>
    internal (long Requests, long Queued) PastCounts => (Volatile.Read(ref _pastRequests), Volatile.Read(ref _pastQueued));

    /// <summary>A new reference, which implements the contract.</summary>
    internal object CreateReference(string key) => registration.CreateReference(this, key);

    /// <summary>The activation of that key, new if there is none; null when the engine stops and there is none.</summary>
    internal Activation? Resolve(string key)
    {
        if (core.IsStopping)
        {
            return _live.GetValueOrDefault(key);
        }

        var activation = _live.GetOrAdd(key, static (key, kind) => new Activation(kind, key), this);

        // The engine lists its activations after it began to stop. One that came between must end as well.
        if (core.IsStopping)
        {
            _ = activation.EndAsync();
        }

        return activation;
    }

    /// <summary>Removes a dead activation, so that the next call makes a new one.</summary>
    internal void Forget(Activation activation)
    {
        var (requests, queued) = activation.Counts;
        Interlocked.Add(ref _pastRequests, requests);
        Interlocked.Add(ref _pastQueued, queued);
        _live.TryRemove(KeyValuePair.Create(activation.Key, activation));
    }

    /// <summary>Creates the actor object of an activation.</summary>
    internal IActor CreateActor(IActorContext context)
    {
        var actor = registration.CreateActor(context);
        return registration.Contract.IsInstanceOfType(actor)
            ? actor
            : throw new InvariantException($"The factory of {Name} made a {actor?.GetType()}, which is no {registration.Contract}.");
    }
}
