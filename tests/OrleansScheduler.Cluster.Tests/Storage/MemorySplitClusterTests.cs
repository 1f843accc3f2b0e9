using OrleansScheduler.Cluster.Tests.Clusters;

namespace OrleansScheduler.Cluster.Tests.Storage;

public sealed class MemorySplitClusterTests : SplitClusterTests
{
    internal override Task<ClusterRows> RowsAsync() => Task.FromResult(ClusterRows.InMemory());
}
