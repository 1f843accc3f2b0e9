namespace OrleansScheduler.Conformance.Product;

/// <summary>What every class about the whole product starts from; each engine derives one concrete class from each of them.</summary>
public abstract class ProductTests
{
    /// <summary>Starts the product on empty storage.</summary>
    protected abstract Task<ProductUnderTest> StartAsync();
}
