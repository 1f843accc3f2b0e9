using OrleansScheduler.Embedded.Storage;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>What may lag behind and cannot be written shows in the condition, holds up nobody, and is written in the end.</summary>
public sealed class BackgroundHealthTests
{
    [Theory]
    [InlineData(StorageSite.StateWriteBefore)]
    [InlineData(StorageSite.StateWriteAfter)]
    public async Task A_failing_write_shows_and_recovers(StorageSite site)
    {
        var storage = new MemoryProductStorage();
        await using var product = (EmbeddedProduct)await EmbeddedProduct.StartAsync(storage);
        storage.Faults.Arm(site, "settler", "owner/space");

        await product.RegisterAsync(product.Sum("sum", "out", "in"));
        await product.CommitAsync(("in", "1"));
        Assert.Equal("1", (await product.PullAsync("out")).Read.Value?.ToString());
        await PassAsync(product, TimeSpan.FromMilliseconds(250));
        await product.Board.MarkedAsync("log:NewsHeard:storage_degraded");

        var trouble = Assert.Single(product.Condition.Unwritten);
        Assert.Equal(
            ("settler/owner/space", "statistics-0", "storage_failed", product.Now.AddMilliseconds(-250), false, 1),
            (trouble.Actor, trouble.Target, trouble.Reason, trouble.UnsavedSince, trouble.HasNewerChanges, trouble.Attempts));

        await PassAsync(product, TimeSpan.FromSeconds(1));
        await product.Board.MarkedAsync("log:NewsHeard:storage_recovered");

        Assert.Empty(product.Condition.Unwritten);
        await product.RestartAsync();
        Assert.Equal(1, (await product.Settler.ListStatisticsAsync(null, 1, CancellationToken.None)).Runs);
    }

    private static async Task PassAsync(EmbeddedProduct product, TimeSpan span)
    {
        await product.ArmedForAsync(product.Now + span);
        await product.AdvanceAsync(span);
    }
}
