using Microsoft.Extensions.Logging;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>Everything that an <see cref="ActorEngine"/> takes from outside, and so everything that is not determined by it.</summary>
/// <param name="Storage">The journals and states of all actors.</param>
/// <param name="Wakeups">Where wake-ups outlive the process.</param>
/// <param name="Time">The clock of the engine and of its actors.</param>
/// <param name="Scheduler">Who decides which activation runs next.</param>
/// <param name="Seed">What the randomness of the actors follows from, together with their kind and key.</param>
/// <param name="Logs">Where the engine reports.</param>
public sealed record EngineEnvironment(
    IActorStorage Storage,
    IWakeupStore Wakeups,
    TimeProvider Time,
    ITurnScheduler Scheduler,
    long Seed,
    ILoggerFactory Logs);
