using OrleansScheduler.Engine;

namespace OrleansScheduler.Benchmarks.Background;

/// <summary>An actor whose state is changed often and written in the background.</summary>
[Actor("benchmark-mutated")]
internal interface IMutated
{
    /// <summary>Changes the state.</summary>
    Task MutateAsync();

    /// <summary>Waits until the newest state is written.</summary>
    /// <returns>How many writes there were.</returns>
    Task<long> SaveAsync();
}
