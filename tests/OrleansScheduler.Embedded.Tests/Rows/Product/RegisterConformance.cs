using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Embedded.Tests.Rows.Product;

public sealed class RegisterConformance : RegisterTests
{
    protected override Task<ProductUnderTest> StartAsync() => Tests.Product.EmbeddedProduct.StartAsync(new RowProductStorage());
}
