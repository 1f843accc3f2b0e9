using OrleansScheduler.Actions;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>What the runs of actions took is counted, and written in the background.</summary>
public abstract class StatisticsTests : ProductTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Runs_are_counted_with_the_time_that_they_took()
    {
        await using var product = await StartAsync();
        await RunSlowAsync(product, 1, TimeSpan.FromSeconds(2));
        await RunSlowAsync(product, 2, TimeSpan.FromSeconds(4));

        var page = await product.Settler.ListStatisticsAsync(null, 10, CancellationToken.None);

        var slow = Assert.Single(page.Actions);
        Assert.Equal(
            (2, 0, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)),
            (slow.Runs, slow.Failed, slow.Total, slow.Average, slow.Max, slow.Last));
        Assert.Equal((2, 0, TimeSpan.FromSeconds(6)), (page.Runs, page.Failed, page.Total));
    }

    [Fact]
    public async Task An_orderly_end_writes_them_and_a_start_goes_on_counting()
    {
        await using var product = await StartAsync();
        await RunSlowAsync(product, 1, TimeSpan.FromSeconds(1));

        await product.RestartAsync();
        await RunSlowAsync(product, 2, TimeSpan.FromSeconds(2));

        var page = await product.Settler.ListStatisticsAsync(null, 10, CancellationToken.None);
        Assert.Equal((2, TimeSpan.FromSeconds(3)), (page.Runs, page.Total));
    }

    [Fact]
    public async Task After_a_crash_what_was_written_is_there()
    {
        await using var product = await StartAsync();
        await RunSlowAsync(product, 1, TimeSpan.FromSeconds(1));
        await product.ArmedForAsync(product.Now + Quiet);
        await product.AdvanceAsync(Quiet);
        await product.Board.MarkedAsync("log:StatisticsWritten:statistics-0");

        await product.CrashAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await product.Settler.ListStatisticsAsync(null, 10, CancellationToken.None)).Runs);
    }

    private static async Task RunSlowAsync(ProductUnderTest product, int time, TimeSpan duration)
    {
        // The code comes before the commit, which lets an action run that is registered already; the action comes after it, or it
        // would run twice.
        ActionDefinition slow = product.Effect(
            "slow",
            async context =>
            {
                await context.ReadAsync(Documents.Address.Parse("in"));
                product.Board.Mark("entered");
                await product.Board.MarkedAsync("go", product.Board.Count("entered"));
            },
            "in");
        await product.CommitAsync(("in", $"{time}"));
        await product.RegisterAsync(slow);
        await product.Board.MarkedAsync("entered", time);
        await product.AdvanceAsync(duration);
        product.Board.Mark("go");
        await product.SettleAsync();
    }
}
