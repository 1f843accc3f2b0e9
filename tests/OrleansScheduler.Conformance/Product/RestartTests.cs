using OrleansScheduler.Actions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>After a crash exactly the runs happen that were owed.</summary>
public abstract class RestartTests : ProductTests
{
    [Fact]
    public async Task A_restart_of_a_clean_space_runs_nothing()
    {
        await using var product = await StartAsync();
        var report = product.Report("report", "out");
        var sum = product.Sum("sum", "out", "in");
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(report, sum);
        await product.SettleAsync();

        await product.CrashAsync(TimeSpan.FromMinutes(5));
        var again = await product.RegisterAsync(report, sum);
        await product.SettleAsync();
        await product.RestartAsync();
        await product.SettleAsync();

        Assert.All(again, action => Assert.Equal(Registration.Restored, action.Outcome));
        Assert.Equal("report:1 sum:1", await product.AllRunsAsync());
        Assert.Equal(["out", "report:1"], product.Board.Marks.Where(mark => !mark.StartsWith("log:")));
    }

    [Fact]
    public async Task After_a_crash_exactly_the_owed_runs_happen()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"), ("other", "1"));
        await product.RegisterAsync(
            Gated(product), product.Report("report", "out"), product.Report("untouched", "other"), product.Sum("dead", "dead", "in"));

        // Not "go", which would let the second one through as well, before the crash or after it.
        product.Board.Mark("go:1");
        await product.SettleAsync();
        await product.CommitAsync(("in", "2"));
        await product.Board.MarkedAsync("entered:2");

        await product.CrashAsync(TimeSpan.FromSeconds(1));
        await product.Board.MarkedAsync("entered:2", 2);
        product.Board.Mark("go:2");
        await product.Board.MarkedAsync("report:2");
        await product.SettleAsync();

        Assert.Equal("dead:0 gated:2 report:2 untouched:1", await product.AllRunsAsync());
        Assert.Equal(1, product.Board.Count("untouched:1"));
    }

    [Fact]
    public async Task Nobody_has_to_call_a_space_that_owes_a_run()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(Gated(product), product.Report("report", "out"));
        await product.Board.MarkedAsync("entered:1");

        await product.CrashAsync(TimeSpan.FromSeconds(1));

        await product.Board.MarkedAsync("entered:1", 2);
        product.Board.Mark("go:1");
        await product.Board.MarkedAsync("report:1");
    }

    [Fact]
    public async Task What_nobody_needs_stays_dirty_through_a_crash()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Sum("dead", "out", "in"));
        await product.PullAsync("out");
        await product.CommitAsync(("in", "2"));

        await product.CrashAsync(TimeSpan.FromMinutes(2));
        await product.SettleAsync();

        var summary = (await product.ActionAsync("dead")).Summary;
        Assert.Equal((ActionState.Dirty, 1, 1), (summary.State, summary.Runs, summary.Causes));
        Assert.Equal("2", (await product.PullAsync("out")).Read.Value!.ToString());
    }

    [Fact]
    public async Task A_commit_repeated_after_a_crash_is_answered_with_its_first_receipt()
    {
        await using var product = await StartAsync();
        var request = new CommitRequest("client", 1, [], [new SetOperation(Address.Parse("doc"), 1)]);
        var first = await product.Space.CommitAsync(request, CancellationToken.None);
        await product.CommitAsync(("doc", "2"));

        await product.CrashAsync(TimeSpan.Zero);
        var repeated = await product.Space.CommitAsync(request, CancellationToken.None);

        Assert.Equal(first, repeated);
        Assert.Equal("2", await product.ValueAsync("doc"));
    }

    [Fact]
    public async Task Everything_acknowledged_is_there_after_a_crash()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Report("report", "doc"));

        // Commits of one session may overtake each other on their way, and a space remembers a bounded number of them.
        List<CommitReceipt> receipts = [];
        foreach (int[] numbers in Enumerable.Range(0, 200).Chunk(40))
        {
            receipts.AddRange(await Task.WhenAll(numbers.Select(number => product.CommitAsync(($"doc/k{number}", $"{number}")))));
        }

        await product.SettleAsync();
        var before = (await product.ValueAsync("doc"), await product.AllRunsAsync());

        await product.CrashAsync(TimeSpan.Zero);
        await product.SettleAsync();

        var summary = await product.Space.SummarizeAsync(CancellationToken.None);
        Assert.Equal(200, receipts.Max(receipt => receipt.Sequence));
        Assert.Equal((200, 0), (summary.Sequence, summary.Dirty));
        Assert.Equal(before, (await product.ValueAsync("doc"), await product.AllRunsAsync()));
    }

    [Fact]
    public async Task Code_that_changed_while_the_product_was_down_runs_again()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        product.Handle("code", context => WriteAsync(context, 1), "1");
        var code = new ActionDefinition("code", "code", ActionKind.Computation, ProductUnderTest.Addresses("in"), ProductUnderTest.Addresses("out"));
        await product.RegisterAsync(code, product.Report("report", "out"));
        await product.SettleAsync();

        product.Handle("code", context => WriteAsync(context, 2), "2");
        await product.CrashAsync(TimeSpan.Zero);
        await product.SettleAsync();

        Assert.Equal("code:2 report:2", await product.AllRunsAsync());
        Assert.Equal("2", await product.ValueAsync("out"));
        Assert.IsType<FingerprintCause>((await product.ActionAsync("code")).Runs[0].Causes.Single());
    }

    [Fact]
    public async Task A_repetition_that_was_due_while_the_product_was_down_comes_after_it()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Effect("broken", context =>
        {
            product.Board.Mark("tried");
            return product.Board.Count("tried") == 1 ? throw new InvalidOperationException("It is broken.") : Task.CompletedTask;
        }));
        await product.Board.MarkedAsync("tried");
        await product.ArmedForAsync(product.Now.AddSeconds(1));

        await product.CrashAsync(TimeSpan.FromSeconds(10));
        await product.Board.MarkedAsync("tried", 2);
        await product.SettleAsync();

        Assert.Equal("broken:2", await product.AllRunsAsync());
    }

    private static Task WriteAsync(Handlers.IRunContext context, int value)
    {
        context.Write(Address.Parse("out"), value);
        return Task.CompletedTask;
    }

    // Copies in to out, as soon as it may: "go" for everything, or "go:value".
    private static ActionDefinition Gated(ProductUnderTest product)
    {
        product.Handle("gated", async context =>
        {
            var value = (await context.ReadAsync(Address.Parse("in")))!;
            product.Board.Mark($"entered:{value}");
            if (value.ToString() != "1" || product.Board.Count("go") == 0)
            {
                await Waits.OrCancelledAsync(
                    Waits.EitherAsync(product.Board.MarkedAsync("go"), product.Board.MarkedAsync($"go:{value}")), context.Cancellation);
            }

            context.Write(Address.Parse("out"), value);
        });
        return new ActionDefinition(
            "gated", "gated", ActionKind.Computation, ProductUnderTest.Addresses("in"), ProductUnderTest.Addresses("out"), TimeLimit: TimeSpan.FromMinutes(10));
    }
}
