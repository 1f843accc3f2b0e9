namespace OrleansScheduler.Cluster.Tests.Numbers.Calls;

/// <summary>The peer of calls: a grain that knows nothing of the scheduler.</summary>
public interface IEchoGrain : IGrainWithStringKey
{
    /// <summary>The same number.</summary>
    Task<long> EchoAsync(long number, CancellationToken cancellation);
}
