using OrleansScheduler.Actions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>Handlers that throw, hang or write nonsense harm nobody but themselves.</summary>
public abstract class FailureTests : ProductTests
{
    // What a handler gets beyond its limit to react before it is abandoned.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_computation_that_throws_has_failed_and_is_not_tried_again()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(Broken(product), product.Report("report", "out"));

        await product.SettleAsync();

        var detail = await product.ActionAsync("broken");
        Assert.Equal((RunStatus.Failed, 1, ActionState.Clean), (detail.Summary.LastStatus, detail.Summary.Runs, detail.Summary.State));
        Assert.Equal(new RunError("handler_error", "InvalidOperationException: It is broken."), detail.Observation!.Error);
        Assert.Null(await product.ValueAsync("out"));
        Assert.Equal("broken:1 report:1", await product.AllRunsAsync());
        Assert.Equal(1, (await product.Space.SummarizeAsync(CancellationToken.None)).Failed);
    }

    [Fact]
    public async Task A_failed_computation_runs_again_when_a_value_that_it_read_changes()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("in", "1"));
        await product.RegisterAsync(Broken(product), product.Report("report", "out"));
        await product.SettleAsync();

        product.Board.Mark("repaired");
        await product.CommitAndSettleAsync(("in", "2"));

        Assert.Equal("broken:2 report:2", await product.AllRunsAsync());
        Assert.Equal(RunStatus.Completed, (await product.ActionAsync("broken")).Summary.LastStatus);
    }

    [Fact]
    public async Task An_effect_that_throws_is_tried_again_after_1_4_and_16_seconds_and_then_no_more()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Effect("broken", context => Throw(product, context)));
        await product.Board.MarkedAsync("tried", 1);

        foreach (int seconds in new[] { 1, 4, 16 })
        {
            await product.ArmedForAsync(product.Now.AddSeconds(seconds));
            await product.AdvanceAsync(TimeSpan.FromSeconds(seconds));
            await product.Board.MarkedAsync($"tried after {seconds}");
        }

        await product.SettleAsync();
        var detail = await product.ActionAsync("broken");
        Assert.Equal((4, ActionState.Clean, null), (detail.Summary.Runs, detail.Summary.State, detail.Summary.EligibleAt));
        Assert.Equal(3, Assert.IsType<RetryCause>(detail.Runs[0].Causes.Single()).Attempt);
    }

    [Fact]
    public async Task An_effect_that_recovers_is_not_tried_again()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(product.Effect("broken", context => Throw(product, context)));
        await product.Board.MarkedAsync("tried");
        await product.ArmedForAsync(product.Now.AddSeconds(1));
        product.Board.Mark("repaired");

        await product.AdvanceAsync(TimeSpan.FromSeconds(1));
        await product.Board.MarkedAsync("worked");
        await product.SettleAsync();

        Assert.Equal("broken:2", await product.AllRunsAsync());
        Assert.Equal(RunStatus.Completed, (await product.ActionAsync("broken")).Summary.LastStatus);
    }

    [Fact]
    public async Task What_a_handler_says_went_wrong_is_kept()
    {
        await using var product = await StartAsync();
        product.Handle("strict", _ => throw new SchedulerException("rate_limited", "Later, please."));
        await product.RegisterAsync(Computation("strict"), product.Report("report", "out"));

        await product.SettleAsync();

        var error = (await product.ActionAsync("strict")).Observation!.Error;
        Assert.Equal(new RunError("rate_limited", "Later, please."), error);
    }

    [Fact]
    public async Task A_run_whose_writes_do_not_apply_has_failed_and_wrote_nothing()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("scalar", "1"));
        product.Handle("clumsy", context =>
        {
            context.Write(Address.Parse("out"), 1);
            context.Write(Address.Parse("scalar/a"), 1);
            return Task.CompletedTask;
        });
        await product.RegisterAsync(Computation("clumsy"), product.Report("report", "out"));

        await product.SettleAsync();

        Assert.Equal(ErrorCodes.PathConflict, (await product.ActionAsync("clumsy")).Observation!.Error!.Code);
        Assert.Null(await product.ValueAsync("out"));
    }

    [Fact]
    public async Task A_handler_that_writes_nothing_at_all_fails_alone()
    {
        await using var product = await StartAsync();
        product.Handle("careless", async context => context.Write(Address.Parse("out"), (await context.ReadAsync(Address.Parse("absent")))!));
        await product.RegisterAsync(Computation("careless"), product.Report("report", "out"), product.Report("other", "in"));

        await product.SettleAsync();

        Assert.Equal(RunStatus.Failed, (await product.ActionAsync("careless")).Summary.LastStatus);
        Assert.Equal("careless:1 other:1 report:1", await product.AllRunsAsync());
    }

    [Fact]
    public async Task A_handler_that_hangs_is_abandoned_and_what_it_does_later_is_lost()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(Hanging(product), product.Report("report", "out"));
        await product.Board.MarkedAsync("hanging");

        await AbandonAsync(product);
        await product.SettleAsync();
        var abandoned = await product.ActionAsync("hanging");
        product.Board.Mark("wake");
        await product.Board.MarkedAsync("refused");

        Assert.Equal((RunStatus.Timeout, ErrorCodes.Timeout), (abandoned.Summary.LastStatus, abandoned.Observation!.Error!.Code));
        Assert.Null(await product.ValueAsync("out"));
    }

    [Fact]
    public async Task The_rest_goes_on_while_a_handler_hangs()
    {
        await using var product = await StartAsync();
        await product.RegisterAsync(Hanging(product), product.Report("report", "out"), product.Report("other", "doc"));
        await product.Board.MarkedAsync("hanging");

        await product.CommitAsync(("doc", "1"));
        await product.Board.MarkedAsync("other:1");

        Assert.Equal(0, await product.RunsAsync("report"));
    }

    [Fact]
    public async Task After_four_abandoned_calls_a_handler_is_refused_until_it_is_registered_again()
    {
        await using var product = await StartAsync();
        var hanging = Hanging(product);
        await product.RegisterAsync(hanging, product.Report("report", "out"), product.Report("other", "in"));
        for (int calls = 1; calls <= 4; calls++)
        {
            await product.Board.MarkedAsync("hanging", calls);
            await AbandonAsync(product);
            await product.SettleAsync();
            await product.CommitAsync(("in", $"{calls}"));
        }

        await product.SettleAsync();
        var refused = await product.ActionAsync("hanging");
        product.Board.Mark("repaired");
        Hanging(product);
        await product.CommitAndSettleAsync(("in", "5"));

        Assert.Equal((4, ActionState.Unavailable, RunStatus.Timeout), (refused.Summary.Runs, refused.Summary.State, refused.Summary.LastStatus));
        Assert.Equal((5, RunStatus.Completed), (await product.RunsAsync("hanging"), (await product.ActionAsync("hanging")).Summary.LastStatus));
        Assert.Equal("5", await product.ValueAsync("out"));
        Assert.Contains("other:4", product.Board.Marks);
    }

    [Fact]
    public async Task A_handler_that_stops_at_its_limit_was_not_abandoned()
    {
        await using var product = await StartAsync();
        product.Handle("obedient", async context =>
        {
            await context.ReadAsync(Address.Parse("in"));
            product.Board.Mark("obedient");
            await Waits.OrCancelledAsync(new TaskCompletionSource().Task, context.Cancellation);
        });
        await product.RegisterAsync(Computation("obedient"), product.Report("report", "out"));

        for (int calls = 1; calls <= 6; calls++)
        {
            await product.Board.MarkedAsync("obedient", calls);
            await AbandonAsync(product, TimeSpan.Zero);
            await product.SettleAsync();
            var observation = (await product.ActionAsync("obedient")).Observation!;
            Assert.Equal((calls, RunStatus.Timeout), (observation.Run, observation.Status));
            await product.CommitAsync(("in", $"{calls}"));
        }
    }

    private static ActionDefinition Computation(string name) =>
        new(name, name, ActionKind.Computation, ProductUnderTest.Addresses("in"), ProductUnderTest.Addresses("out"));

    private static ActionDefinition Broken(ProductUnderTest product)
    {
        product.Handle("broken", async context =>
        {
            var value = (await context.ReadAsync(Address.Parse("in")))!;
            context.Write(Address.Parse("out"), value);
            if (product.Board.Count("repaired") == 0)
            {
                throw new InvalidOperationException("It is broken.");
            }
        });
        return Computation("broken");
    }

    // It hears nothing of its limit, and tries to write long after it.
    private static ActionDefinition Hanging(ProductUnderTest product)
    {
        product.Handle("hanging", async context =>
        {
            var value = await context.ReadAsync(Address.Parse("in"));
            if (product.Board.Count("repaired") == 0)
            {
                product.Board.Mark("hanging");
                await product.Board.MarkedAsync("wake");
            }

            try
            {
                context.Write(Address.Parse("out"), value ?? 0);
            }
            catch (OperationCanceledException)
            {
                product.Board.Mark("refused");
            }
        });
        return Computation("hanging");
    }

    private static Task Throw(ProductUnderTest product, IRunContext context)
    {
        long previous = product.Board.Marks.Where(mark => mark.StartsWith("at ")).Select(mark => long.Parse(mark[3..])).LastOrDefault(context.Instant.Ticks);
        product.Board.Mark($"at {context.Instant.Ticks}");
        product.Board.Mark("tried");
        product.Board.Mark($"tried after {(context.Instant.Ticks - previous) / TimeSpan.TicksPerSecond}");
        if (product.Board.Count("repaired") == 0)
        {
            throw new InvalidOperationException("It is broken.");
        }

        product.Board.Mark("worked");
        return Task.CompletedTask;
    }

    // A second is the limit of a computation. The wait for the abandoned call begins with the run.
    private static Task AbandonAsync(ProductUnderTest product) => AbandonAsync(product, Grace);

    private static async Task AbandonAsync(ProductUnderTest product, TimeSpan grace)
    {
        await product.ArmedForAsync(product.Now.AddSeconds(1) + Grace);
        await product.AdvanceAsync(TimeSpan.FromSeconds(1) + grace);
    }
}
