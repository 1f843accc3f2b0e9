namespace OrleansScheduler.Benchmarks.Background;

/// <summary>What a round of mutations cost.</summary>
/// <param name="P99Microseconds">The slowest but one in a hundred.</param>
/// <param name="WritesPerSecond">Of the background writer.</param>
/// <param name="PerSecond">Mutations.</param>
internal readonly record struct MutationCost(double P99Microseconds, double WritesPerSecond, double PerSecond);
