namespace OrleansScheduler.Embedded.Actors;

/// <summary>Counts since the engine was created, each true at about the same moment.</summary>
/// <param name="LiveActivations">Actors in memory now.</param>
/// <param name="Activations">Activations that were begun.</param>
/// <param name="ActivationFailures">Activations that did not come up.</param>
/// <param name="Requests">Requests that were started.</param>
/// <param name="QueuedRequests">Those of them that had to wait in the queue of their actor.</param>
/// <param name="Overloads">Requests that were refused by back-pressure.</param>
/// <param name="Unanswered">Requests that wait or are under way now.</param>
public sealed record EngineStatistics(
    long LiveActivations,
    long Activations,
    long ActivationFailures,
    long Requests,
    long QueuedRequests,
    long Overloads,
    long Unanswered);
