namespace OrleansScheduler.Benchmarks.Calls;

/// <summary>What one call cost on average in one round.</summary>
internal readonly record struct CallCost(double Nanoseconds, double Bytes);
