using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Embedded.Tests.Product.OnMemory;

public sealed class StatisticsConformance : StatisticsTests
{
    protected override Task<ProductUnderTest> StartAsync() => EmbeddedProduct.StartAsync(new MemoryProductStorage());
}
