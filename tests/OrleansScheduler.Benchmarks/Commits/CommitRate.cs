namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>What one round of one side gave.</summary>
/// <param name="PerSecond">Durable writes.</param>
/// <param name="PerFlush">Writes that shared a transaction, on average.</param>
internal readonly record struct CommitRate(double PerSecond, double PerFlush);
