namespace OrleansScheduler.Actions;

/// <summary>The action has not run yet.</summary>
/// <param name="Number">Given by the space.</param>
public sealed record FirstCause(long Number) : Cause(Number);
