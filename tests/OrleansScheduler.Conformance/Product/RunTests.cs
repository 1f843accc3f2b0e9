using OrleansScheduler.Actions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>When actions run, and when they do not.</summary>
public abstract class RunTests : ProductTests
{
    [Fact]
    public async Task What_an_effect_needs_runs_first_and_then_the_effect()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", """{"a": 1, "b": 2}"""));

        await product.RegisterAsync(product.Report("report", "out"), product.Sum("sum", "out", "in/a", "in/b"));
        await product.SettleAsync();

        Assert.Equal(["out", "report:3"], product.Board.Marks.Where(mark => !mark.StartsWith("log:")));
        Assert.Equal("report:1 sum:1", await product.AllRunsAsync());
    }

    [Fact]
    public async Task An_action_runs_again_only_when_a_value_that_it_read_has_changed()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", """{"a": 1, "b": 2}"""));
        await product.RegisterAsync(product.Report("report", "out"), product.Sum("sum", "out", "in/a", "in/b"));
        await product.SettleAsync();

        await product.CommitAndSettleAsync(("in/c", "1"), ("in/a", "1.0"));
        string untouched = await product.AllRunsAsync();
        await product.CommitAndSettleAsync(("in/a", "5"));
        string changed = await product.AllRunsAsync();
        await product.CommitAndSettleAsync(("in/a", "4"), ("in/b", "3"));

        Assert.Equal("report:1 sum:1", untouched);
        Assert.Equal("report:2 sum:2", changed);
        Assert.Equal("report:2 sum:3", await product.AllRunsAsync());
        Assert.Equal("7", await product.ValueAsync("out"));
    }

    [Fact]
    public async Task An_action_whose_values_came_back_is_clean_without_a_run()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(product.Sum("sum", "out", "in"));
        await product.PullAsync("out");
        await product.CommitAsync(("in", "2"));
        await product.CommitAsync(("in", "1"));
        var before = (await product.ActionAsync("sum")).Summary.State;

        var answer = await product.PullAsync("out");

        Assert.Equal(ActionState.Dirty, before);
        Assert.Equal((true, "1"), (answer.Settled, answer.Read.Value!.ToString()));
        Assert.Equal(ActionState.Clean, (await product.ActionAsync("sum")).Summary.State);
        Assert.Equal("sum:1", await product.AllRunsAsync());
    }

    [Fact]
    public async Task Of_a_diamond_each_part_runs_once_per_change()
    {
        await using var product = await StartAsync();
        await RegisterDiamondAsync(product);

        for (int value = 1; value <= 10; value++)
        {
            await product.CommitAndSettleAsync(("in", $"{value}"));
        }

        Assert.Equal("end:11 left:11 right:11 start:11", await product.AllRunsAsync());
    }

    [Fact]
    public async Task The_end_of_a_diamond_never_sees_one_side_only()
    {
        await using var product = await StartAsync();
        await RegisterDiamondAsync(product);

        // On their way they may overtake each other, and a space remembers no more than 64 numbers of a session.
        foreach (int[] values in Enumerable.Range(1, 100).Chunk(50))
        {
            await Task.WhenAll(values.Select(value => product.CommitAsync(("in", $"{value}"))));
        }

        await product.SettleAsync();

        var seen = product.Board.Marks.Where(mark => mark.StartsWith("end:")).Select(mark => mark[4..].Split(',')).ToArray();
        Assert.All(seen, pair => Assert.Equal(pair[0], pair[1]));
        Assert.Equal(await product.ValueAsync("in"), seen[^1][0]);
        Assert.InRange(seen.Length, 2, 101);
    }

    [Fact]
    public async Task What_nobody_live_reads_is_never_run()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(
            product.Sum("dead", "a", "in"),
            product.Sum("deader", "b", "a"),
            product.Report("report", "other"));
        await product.SettleAsync();

        for (int value = 1; value <= 5; value++)
        {
            await product.CommitAndSettleAsync(("in", $"{value}"), ("other", $"{value}"));
        }

        Assert.Equal("deader:0 dead:0 report:6", await product.AllRunsAsync());
        var summary = (await product.ActionAsync("dead")).Summary;
        Assert.Equal((ActionState.Dirty, false), (summary.State, summary.Live));
    }

    [Fact]
    public async Task What_an_effect_no_longer_reads_is_no_longer_run()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("which", "\"a\""), ("in", "1"));
        await product.RegisterAsync(product.Sum("a", "out/a", "in"), product.Sum("b", "out/b", "in"), Chooser(product));
        await product.SettleAsync();

        await product.CommitAndSettleAsync(("which", "\"b\""));
        string chosen = await product.AllRunsAsync();
        await product.CommitAndSettleAsync(("in", "2"));

        // It finds out what it needs by reading it: each choice costs a run that sees nothing and one that sees the sum.
        Assert.Equal("a:1 b:1 chooser:4", chosen);
        Assert.Equal("a:1 b:2 chooser:5", await product.AllRunsAsync());
    }

    [Fact]
    public async Task An_action_never_marks_itself()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("counter", """{"count": 0, "step": 1}"""));
        await product.RegisterAsync(product.Effect("counter", async context =>
        {
            var counter = (JsonObject)(await context.ReadAsync(Address.Parse("counter")))!;
            context.Write(Address.Parse("counter/count"), counter["count"]!.AsInt64() + counter["step"]!.AsInt64());
        }));
        await product.SettleAsync();

        await product.CommitAndSettleAsync(("counter/step", "10"));

        Assert.Equal("counter:2", await product.AllRunsAsync());
        Assert.Equal("11", await product.ValueAsync("counter/count"));
    }

    [Fact]
    public async Task A_shallow_read_sees_keys_and_not_values()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("doc", """{"a": 1}"""));
        await product.RegisterAsync(product.Effect("keys", async context =>
        {
            var shape = await context.ReadShapeAsync(Address.Parse("doc"));
            product.Board.Mark($"keys:{string.Join(',', shape!.Keys)}");
        }));
        await product.SettleAsync();

        await product.CommitAndSettleAsync(("doc/a", """{"deep": true}"""));
        await product.CommitAndSettleAsync(("doc/b", "1"));

        Assert.Equal(["keys:a", "keys:a,b"], product.Board.Marks.Where(mark => mark.StartsWith("keys:")));
    }

    [Fact]
    public async Task What_was_absent_when_it_was_read_makes_the_action_run_when_it_appears()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Report("report", "doc/a/b"));
        await product.SettleAsync();

        await product.CommitAndSettleAsync(("doc", """{"a": {}}"""));
        await product.CommitAndSettleAsync(("doc/a/b", "null"));

        Assert.Equal(["report:absent", "report:null"], product.Board.Marks.Where(mark => mark.StartsWith("report:")));
    }

    [Fact]
    public async Task Somebody_can_make_an_action_run_again()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(product.Report("report", "out"), product.Sum("sum", "out", "in"));
        await product.SettleAsync();

        await product.Space.MarkAsync("sum", "me", CancellationToken.None);
        await product.SettleAsync();

        Assert.Equal("report:1 sum:2", await product.AllRunsAsync());
        var cause = Assert.IsType<ManualCause>((await product.ActionAsync("sum")).Runs[0].Causes.Single());
        Assert.Equal("me", cause.Who);
    }

    [Fact]
    public async Task A_changed_definition_makes_the_action_run_again()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", """{"a": 1, "b": 2}"""));
        var sum = product.Sum("sum", "out", "in/a");
        await product.RegisterAsync(product.Report("report", "out"), sum);
        await product.SettleAsync();

        var again = await product.RegisterAsync(sum);
        var changed = await product.RegisterAsync(sum with { Payload = product.Sum("sum", "out", "in/b").Payload });
        await product.SettleAsync();

        Assert.Equal((Registration.Restored, Registration.Changed), (again[0].Outcome, changed[0].Outcome));
        Assert.Equal("report:2 sum:2", await product.AllRunsAsync());
        Assert.Equal("2", await product.ValueAsync("out"));
        Assert.IsType<FingerprintCause>((await product.ActionAsync("sum")).Runs[0].Causes.Single());
    }

    [Fact]
    public async Task A_computation_that_becomes_an_effect_runs()
    {
        await using var product = await StartAsync();
        var sum = product.Sum("sum", "out", "in");
        await product.RegisterAsync(sum);
        await product.SettleAsync();
        string before = await product.AllRunsAsync();

        await product.RegisterAsync(sum with { Kind = ActionKind.Effect });
        await product.SettleAsync();

        Assert.Equal(("sum:0", "sum:1"), (before, await product.AllRunsAsync()));
    }

    [Fact]
    public async Task An_unregistered_action_runs_no_more_and_what_it_wrote_stays()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        var registered = await product.RegisterAsync(product.Sum("sum", "out", "in"), product.Report("report", "out"));
        await product.SettleAsync();

        await product.Space.UnregisterAsync(registered[0].Action, CancellationToken.None);
        await product.CommitAndSettleAsync(("in", "2"));

        Assert.Equal("report:1", await product.AllRunsAsync());
        Assert.Equal("1", await product.ValueAsync("out"));
    }

    [Fact]
    public async Task A_handler_that_nobody_knows_is_refused()
    {
        await using var product = await StartAsync();
        var strange = product.Sum("sum", "out", "in") with { Handler = "nobody" };

        var refusal = await Assert.ThrowsAsync<SchedulerException>(() => product.RegisterAsync(product.Report("report", "out"), strange));

        Assert.Equal((ErrorCodes.UnknownHandler, "nobody"), (refusal.Code, refusal.Details["handler"]));
        Assert.Equal("", await product.AllRunsAsync());
    }

    [Fact]
    public async Task A_computation_that_met_a_newer_value_runs_again_and_the_stale_result_is_lost()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        product.Handle("slow", async context =>
        {
            var value = (await context.ReadAsync(Address.Parse("in")))!;
            product.Board.Mark($"read:{value}");
            await Waits.OrCancelledAsync(product.Board.MarkedAsync($"go:{value}"), context.Cancellation);
            context.Write(Address.Parse("out"), value);
        });
        await product.RegisterAsync(
            new ActionDefinition("slow", "slow", ActionKind.Computation, ProductUnderTest.Addresses("in"), ProductUnderTest.Addresses("out")),
            product.Report("report", "out"));
        await product.Board.MarkedAsync("read:1");
        await product.CommitAsync(("in", "2"));
        var armed = product.ArmedForAsync(product.Now.AddMilliseconds(5));

        product.Board.Mark("go:1");
        await armed;
        product.Board.Mark("go:2");
        await product.AdvanceAsync(TimeSpan.FromMilliseconds(5));
        await product.SettleAsync();

        Assert.Equal(["report:2"], product.Board.Marks.Where(mark => mark.StartsWith("report:")));
        Assert.Equal("report:1 slow:1", await product.AllRunsAsync());
    }

    private static async Task RegisterDiamondAsync(ProductUnderTest product)
    {
        await product.CommitAsync(("in", "0"));
        await product.RegisterAsync(
            product.Report("end", "left", "right"),
            product.Sum("right", "right", "start"),
            product.Sum("left", "left", "start"),
            product.Sum("start", "start", "in"));
        await product.SettleAsync();
    }

    private static ActionDefinition Chooser(ProductUnderTest product) => product.Effect("chooser", async context =>
    {
        string which = (await context.ReadAsync(Address.Parse("which")))!.AsText();
        await context.ReadAsync(Address.Parse($"out/{which}"));
    });
}
