namespace OrleansScheduler.Engine;

/// <summary>What an engine asks of every actor class, besides the contract that the class implements.</summary>
public interface IActor
{
    /// <summary>Loads the actor's state, as its first turn. Requests wait until it is done; if it throws, they fail with that.</summary>
    Task ActivateAsync(CancellationToken cancellation);

    /// <summary>The wake-up of the actor is due. It may come early, late within a minute, or twice.</summary>
    Task WakeAsync(CancellationToken cancellation);

    /// <summary>Flushes what is not yet durable, as the last turn of an orderly end. Not called after a fault.</summary>
    /// <param name="cancellation">Cancelled when the engine stops waiting.</param>
    Task DeactivateAsync(CancellationToken cancellation);

    /// <summary>True when the engine may collect the actor: nothing is under way that only this activation knows of.</summary>
    bool IsIdle { get; }
}
