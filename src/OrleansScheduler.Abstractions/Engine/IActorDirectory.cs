namespace OrleansScheduler.Engine;

/// <summary>Turns the address of an actor into a reference to it, wherever it runs.</summary>
public interface IActorDirectory
{
    /// <summary>A reference to the actor; it is activated by its first call, not by this.</summary>
    /// <typeparam name="TActor">The actor's contract, an interface that carries <see cref="ActorAttribute"/>.</typeparam>
    /// <param name="key">1 to 512 characters.</param>
    /// <remarks>Never does I/O and never fails for an actor that has no state yet.</remarks>
    TActor Get<TActor>(string key)
        where TActor : class;
}
