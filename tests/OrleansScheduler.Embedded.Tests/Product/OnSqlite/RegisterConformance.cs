using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Embedded.Tests.Product.OnSqlite;

public sealed class RegisterConformance : RegisterTests
{
    protected override Task<ProductUnderTest> StartAsync() => EmbeddedProduct.StartAsync(new SqliteProductStorage());
}
