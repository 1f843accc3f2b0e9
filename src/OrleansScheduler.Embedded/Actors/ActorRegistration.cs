using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>What a registry knows of one kind of actor.</summary>
/// <param name="Contract">The interface that callers use.</param>
/// <param name="Kind">Its name in storage.</param>
/// <param name="WakesAtStart">Whether its stored wake-ups fire at every start.</param>
/// <param name="CreateActor">Creates the actor of one activation.</param>
/// <param name="CreateReference">Creates a reference to the actor with a key.</param>
internal sealed record ActorRegistration(
    Type Contract,
    string Kind,
    bool WakesAtStart,
    Func<IActorContext, IActor> CreateActor,
    Func<ActorKind, string, object> CreateReference);
