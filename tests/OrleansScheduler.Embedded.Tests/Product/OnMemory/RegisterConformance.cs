using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Embedded.Tests.Product.OnMemory;

public sealed class RegisterConformance : RegisterTests
{
    protected override Task<ProductUnderTest> StartAsync() => EmbeddedProduct.StartAsync(new MemoryProductStorage());
}
