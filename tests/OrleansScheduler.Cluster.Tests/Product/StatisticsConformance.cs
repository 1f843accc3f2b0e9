using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Cluster.Tests.Product;

public sealed class StatisticsConformance : StatisticsTests
{
    protected override Task<ProductUnderTest> StartAsync() => ClusterProduct.StartAsync(TestSilos.Count);
}
