namespace OrleansScheduler.Actions;

/// <summary>A person or a program asked for the run.</summary>
/// <param name="Number">Given by the space.</param>
/// <param name="Who">Who asked.</param>
public sealed record ManualCause(long Number, string Who) : Cause(Number);
