namespace OrleansScheduler.Actions;

/// <summary>The run before failed and is tried again.</summary>
/// <param name="Number">Given by the space.</param>
/// <param name="Attempt">Which repetition it is, from 1 to 3.</param>
public sealed record RetryCause(long Number, int Attempt) : Cause(Number);
