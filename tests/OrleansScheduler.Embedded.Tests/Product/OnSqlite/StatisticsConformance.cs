using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Embedded.Tests.Product.OnSqlite;

public sealed class StatisticsConformance : StatisticsTests
{
    protected override Task<ProductUnderTest> StartAsync() => EmbeddedProduct.StartAsync(new SqliteProductStorage());
}
