using OrleansScheduler.Conformance.Product;

namespace OrleansScheduler.Embedded.Tests.Product.OnSqlite;

public sealed class ScheduleOracleConformance : ScheduleOracleTests
{
    protected override Task<ProductUnderTest> StartAsync() => EmbeddedProduct.StartAsync(new SqliteProductStorage());
}
