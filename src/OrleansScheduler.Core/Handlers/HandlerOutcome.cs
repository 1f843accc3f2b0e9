using OrleansScheduler.Actions;

namespace OrleansScheduler.Core.Handlers;

/// <summary>How a call of a handler ended.</summary>
internal sealed record HandlerOutcome(RunStatus Status, RunError? Error, DateTimeOffset StartedAt, TimeSpan Duration, RunFootprint Footprint);
