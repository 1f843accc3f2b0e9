using OrleansScheduler.Documents;

namespace OrleansScheduler.Actions;

/// <summary>A value that the last run read has changed. The only cause that is verified: values may have come back.</summary>
/// <param name="Number">Given by the space.</param>
/// <param name="Address">What was read.</param>
/// <param name="Depth">How it was read.</param>
/// <param name="Commit">The newest commit that changed it.</param>
/// <param name="From">What the last run saw.</param>
/// <param name="To">What is there; for a run, what it read. Null when the run no longer read it.</param>
public sealed record ReadCause(long Number, Address Address, ReadDepth Depth, long Commit, SeenValue? From, SeenValue? To)
    : Cause(Number);
