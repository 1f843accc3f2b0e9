namespace OrleansScheduler.Actions;

/// <summary>The observation cannot be trusted.</summary>
/// <param name="Number">Given by the space.</param>
/// <param name="Reason">Why not.</param>
public sealed record UnknownCause(long Number, string Reason) : Cause(Number);
