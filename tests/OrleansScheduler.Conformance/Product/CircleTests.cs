using OrleansScheduler.Actions;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>Actions that keep changing each other's inputs are slowed down; the rest goes on.</summary>
public abstract class CircleTests : ProductTests
{
    // 20 rounds of two, and what was under way when the limit was reached.
    private const int RunsMax = 44;

    [Fact]
    public async Task A_circle_that_does_not_come_to_rest_pauses_longer_each_time()
    {
        await using var product = await StartAsync();
        await RegisterCircleAsync(product);
        var instant = product.Now;

        foreach (int seconds in new[] { 1, 1, 2, 2, 4, 4 })
        {
            instant = instant.AddSeconds(seconds);
            await product.ArmedForAsync(instant);
            await product.AdvanceAsync(TimeSpan.FromSeconds(seconds));
        }

        await product.ArmedForAsync(instant.AddSeconds(8));
        Assert.InRange(await product.RunsAsync("there") + await product.RunsAsync("back"), 20, RunsMax + 6);
    }

    [Fact]
    public async Task The_rest_goes_on_while_a_circle_pauses()
    {
        await using var product = await StartAsync();
        await RegisterCircleAsync(product);
        await product.ArmedForAsync(product.Now.AddSeconds(1));
        long runs = await product.RunsAsync("there");

        await product.RegisterAsync(product.Report("other", "doc"));
        await product.Board.MarkedAsync("other:absent");
        await product.CommitAsync(("doc", "1"));
        await product.Board.MarkedAsync("other:1");

        Assert.Equal(runs, await product.RunsAsync("there"));
        Assert.InRange(runs, 10, RunsMax);
    }

    [Fact]
    public async Task Whoever_reads_from_a_circle_runs_in_its_pauses()
    {
        await using var product = await StartAsync();
        await RegisterCircleAsync(product);

        await product.ArmedForAsync(product.Now.AddSeconds(1));

        await product.Board.MarkedAsync($"watcher:{await product.ValueAsync("b")}");
    }

    [Fact]
    public async Task A_circle_that_comes_to_rest_settles_by_itself()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("limit", "10"), ("a", "0"));
        await product.RegisterAsync(
            UpTo(product, "there", "a", "b"),
            UpTo(product, "back", "b", "a"),
            product.Report("watcher", "b"));

        await product.SettleAsync();

        Assert.Equal(("10", "10"), (await product.ValueAsync("a"), await product.ValueAsync("b")));
        var page = await product.Space.ListActionsAsync(null, 10, CancellationToken.None);
        Assert.All(page.Actions, action => Assert.Equal(ActionState.Clean, action.State));
    }

    // Each writes one more than it reads.
    private static async Task RegisterCircleAsync(ProductUnderTest product)
    {
        await product.CommitAsync(("one", "1"), ("a", "0"));
        await product.RegisterAsync(product.Sum("there", "b", "a", "one"), product.Report("watcher", "b"));
        await product.SettleAsync();
        await product.RegisterAsync(product.Sum("back", "a", "b", "one"));
    }

    private static ActionDefinition UpTo(ProductUnderTest product, string name, string input, string output)
    {
        product.Handle(name, async context =>
        {
            long limit = (await context.ReadAsync(Documents.Address.Parse("limit")))!.AsInt64();
            long value = (await context.ReadAsync(Documents.Address.Parse(input)))?.AsInt64() ?? 0;
            context.Write(Documents.Address.Parse(output), Math.Min(limit, value + 1));
        });
        return new ActionDefinition(
            name, name, ActionKind.Computation, ProductUnderTest.Addresses(input, "limit"), ProductUnderTest.Addresses(output));
    }
}
