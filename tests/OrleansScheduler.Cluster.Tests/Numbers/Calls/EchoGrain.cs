using Orleans.Concurrency;

namespace OrleansScheduler.Cluster.Tests.Numbers.Calls;

/// <summary>As reentrant as actors are.</summary>
[Reentrant]
public sealed class EchoGrain : Grain, IEchoGrain
{
    /// <inheritdoc/>
    public Task<long> EchoAsync(long number, CancellationToken cancellation) => Task.FromResult(number);
}
