using OrleansScheduler.Cluster.Tests.Product;
using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Cluster.Tests.TwoSilos;

public sealed class ScheduleConformance : ScheduleTests
{
    protected override Task<ProductUnderTest> StartAsync() => ClusterProduct.StartAsync(2);
}
