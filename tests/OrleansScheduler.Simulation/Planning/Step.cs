using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Planning;

/// <summary>Something that is done to the product at some time: by a client, or by the world.</summary>
/// <param name="At">When, since the start.</param>
/// <param name="What">In words, for the history of a failure.</param>
/// <param name="Do">Begins it.</param>
internal sealed record Step(TimeSpan At, string What, Action<World> Do);
