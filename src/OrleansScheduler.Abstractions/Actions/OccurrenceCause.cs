using OrleansScheduler.Identity;

namespace OrleansScheduler.Actions;

/// <summary>A schedule demands the run.</summary>
/// <param name="Number">Given by the space.</param>
/// <param name="Run">The run that the occurrence owes.</param>
public sealed record OccurrenceCause(long Number, RunId Run) : Cause(Number);
