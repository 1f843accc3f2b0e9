using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Cluster.Tests.Product;

public sealed class SlotConformance : SlotTests
{
    protected override Task<ProductUnderTest> StartAsync() => ClusterProduct.StartAsync(TestSilos.Count);
}
