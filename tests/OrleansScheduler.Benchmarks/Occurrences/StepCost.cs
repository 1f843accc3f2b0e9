namespace OrleansScheduler.Benchmarks.Occurrences;

/// <summary>What one step from an occurrence to the next cost on average.</summary>
internal readonly record struct StepCost(double Nanoseconds, double Bytes);
