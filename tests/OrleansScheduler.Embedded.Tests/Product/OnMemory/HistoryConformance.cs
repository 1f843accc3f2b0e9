using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Embedded.Tests.Product.OnMemory;

public sealed class HistoryConformance : HistoryTests
{
    protected override Task<ProductUnderTest> StartAsync() => EmbeddedProduct.StartAsync(new MemoryProductStorage());
}
