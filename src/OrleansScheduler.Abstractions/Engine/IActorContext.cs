namespace OrleansScheduler.Engine;

/// <summary>What the engine gives one activation of one actor.</summary>
/// <remarks>Valid from construction until <see cref="Stopping"/>; its members are called from the actor's turns only.</remarks>
public interface IActorContext
{
    /// <summary>The kind of the actor, as <see cref="ActorAttribute.Kind"/> names it.</summary>
    string Kind { get; }

    /// <summary>The key of the actor.</summary>
    string Key { get; }

    /// <summary>The clock. Actors know no other.</summary>
    TimeProvider Time { get; }

    /// <summary>Randomness of this activation. Under simulation it follows from the seed.</summary>
    Random Random { get; }

    /// <summary>References to other actors.</summary>
    IActorDirectory Directory { get; }

    /// <summary>The journal of this actor.</summary>
    IJournalStorage Journal { get; }

    /// <summary>Single named states of this actor.</summary>
    IStateStorage State { get; }

    /// <summary>The wake-up of this actor.</summary>
    IWakeup Wakeup { get; }

    /// <summary>Push to whoever listens now.</summary>
    IEventFanout Fanout { get; }

    /// <summary>Cancelled when this activation ends: after a fault in the same turn, in an orderly end after
    /// <see cref="IActor.DeactivateAsync"/>, which may still need it.</summary>
    CancellationToken Stopping { get; }

    /// <summary>Runs <paramref name="turn"/> as a turn of its own, once, after <paramref name="due"/>.</summary>
    /// <param name="due">From zero to one minute; a longer pause is a wake-up.</param>
    /// <param name="turn">Never runs after <see cref="Stopping"/>. What it throws is logged.</param>
    /// <returns>Disposing it before it is due prevents the turn. While armed it keeps the actor from being collected.</returns>
    IDisposable StartTimer(TimeSpan due, Func<Task> turn);

    /// <summary>Runs foreign code, such as a handler, outside of the actor and of its turns.</summary>
    /// <param name="work">Gets a token that is cancelled with <see cref="Stopping"/>, but outside of any turn. It must not touch the actor.</param>
    /// <typeparam name="T">What the work brings back.</typeparam>
    /// <returns>The result. Awaiting it comes back in a turn of its own; the actor's state may have changed meanwhile.</returns>
    Task<T> RunOutside<T>(Func<CancellationToken, Task<T>> work);

    /// <summary>Asks the engine to end this activation; the next call starts another from storage.</summary>
    /// <param name="fault">Why it cannot go on, or null for an orderly end. With a fault no further request enters,
    /// not even one that is already queued.</param>
    void Deactivate(Exception? fault);
}
