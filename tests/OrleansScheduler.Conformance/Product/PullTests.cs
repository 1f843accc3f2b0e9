using OrleansScheduler.Actions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>A pull runs what its address needs, and nothing else.</summary>
public abstract class PullTests : ProductTests
{
    [Fact]
    public async Task On_a_cold_space_only_what_the_address_needs_is_run()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(
            product.Sum("first", "a", "in"),
            product.Sum("second", "b", "a"),
            product.Sum("aside", "c", "a"),
            product.Sum("other", "d", "in"));

        var answer = await product.PullAsync("b");

        Assert.Equal((true, "1"), (answer.Settled, answer.Read.Value!.ToString()));
        Assert.Equal("aside:0 first:1 other:0 second:1", await product.AllRunsAsync());
    }

    [Fact]
    public async Task What_is_clean_is_answered_without_a_run()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Sum("sum", "out", "in"));
        await product.PullAsync("out");

        var answer = await product.PullAsync("out");

        Assert.True(answer.Settled);
        Assert.Equal("sum:1", await product.AllRunsAsync());
    }

    [Fact]
    public async Task What_nobody_writes_is_read_as_it_is()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("doc", "1"));

        var there = await product.PullAsync("doc");
        var absent = await product.PullAsync("nowhere/a");

        Assert.Equal((true, "1"), (there.Settled, there.Read.Value!.ToString()));
        Assert.Equal((true, null), (absent.Settled, absent.Read.Value));
    }

    [Fact]
    public async Task After_the_answer_nothing_is_live_because_of_it()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Sum("sum", "out", "in"));
        await product.PullAsync("out");

        await product.CommitAndSettleAsync(("in", "5"));
        string meanwhile = await product.AllRunsAsync();
        var answer = await product.PullAsync("out");

        Assert.Equal("sum:1", meanwhile);
        Assert.Equal("5", answer.Read.Value!.ToString());
        Assert.Equal("sum:2", await product.AllRunsAsync());
    }

    [Fact]
    public async Task Many_pulls_of_one_address_cost_one_run()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(product.Sum("sum", "out", "in"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => product.PullAsync("out")));

        Assert.All(answers, answer => Assert.Equal((true, "1"), (answer.Settled, answer.Read.Value!.ToString())));
        Assert.Equal("sum:1", await product.AllRunsAsync());
    }

    [Fact]
    public async Task A_pull_whose_wait_is_over_answers_with_what_is_there()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(Gated(product));
        var pull = product.Settler.PullAsync(Target("out"), TimeSpan.FromMilliseconds(700), CancellationToken.None);
        await product.Board.MarkedAsync("entered");
        await product.ArmedForAsync(product.Now.AddMilliseconds(700));

        await product.AdvanceAsync(TimeSpan.FromMilliseconds(700));

        var answer = await pull;
        Assert.Equal((false, null), (answer.Settled, answer.Read.Value));
        product.Board.Mark("go");
        Assert.Equal("1", (await product.PullAsync("out")).Read.Value!.ToString());
    }

    [Fact]
    public async Task A_pull_that_its_caller_gave_up_keeps_nothing_live()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(Gated(product));
        using var caller = new CancellationTokenSource();
        var pull = product.Settler.PullAsync(Target("out"), ProductUnderTest.WaitMax, caller.Token);
        await product.Board.MarkedAsync("entered");

        // In this turn, and not on the thread pool.
        caller.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        product.Board.Mark("go");
        await product.SettleAsync();
        await product.CommitAndSettleAsync(("in", "2"));

        Assert.Equal("gated:1", await product.AllRunsAsync());
    }

    private static ReadTarget Target(string address) => new(Address.Parse(address), ReadDepth.Deep);

    private static ActionDefinition Gated(ProductUnderTest product)
    {
        product.Handle("gated", async context =>
        {
            await context.ReadAsync(Address.Parse("in"));
            product.Board.Mark("entered");
            await Waits.OrCancelledAsync(product.Board.MarkedAsync("go"), context.Cancellation);
            context.Write(Address.Parse("out"), 1);
        });
        return new ActionDefinition(
            "gated", "gated", ActionKind.Computation, ProductUnderTest.Addresses("in"), ProductUnderTest.Addresses("out"), TimeLimit: TimeSpan.FromMinutes(1));
    }
}
