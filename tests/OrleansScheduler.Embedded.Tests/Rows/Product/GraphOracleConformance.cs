using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Embedded.Tests.Rows.Product;

public sealed class GraphOracleConformance : GraphOracleTests
{
    protected override Task<ProductUnderTest> StartAsync() => Tests.Product.EmbeddedProduct.StartAsync(new RowProductStorage());
}
