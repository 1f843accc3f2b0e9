using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>What a registry knows of one kind of actor.</summary>
internal sealed record ActorRegistration(
    Type Contract,
    string Kind,
    Func<IActorContext, IActor> CreateActor,
    Func<ActorKind, string, object> CreateReference);
