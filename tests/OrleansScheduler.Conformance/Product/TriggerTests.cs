using OrleansScheduler.Actions;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>The triggers besides the interval, and what bounds them.</summary>
public abstract class TriggerTests : ProductTests
{
    [Fact]
    public async Task A_cron_trigger_fires_at_the_instants_of_its_expression()
    {
        await using var product = await StartAsync();
        var created = await DefineAsync(product, new CronTrigger("*/15 * * * * *"));
        DateTimeOffset first = created.NextInstant!.Value;

        await FireAsync(product, created, first, 1);
        await FireAsync(product, created, first.AddSeconds(15), 2);

        var runs = await product.Schedule("s").ListRunsAsync(10, CancellationToken.None);
        Assert.Equal([first.AddSeconds(15), first], runs.Select(run => run.Instant));
        Assert.Equal(0, first.Second % 15);
        Assert.Equal("Every 15 seconds (UTC)", created.Description);
    }

    [Fact]
    public async Task One_instant_fires_once_and_completes_the_schedule()
    {
        await using var product = await StartAsync();
        DateTimeOffset instant = product.Now.AddSeconds(20);
        var created = await DefineAsync(product, new OnceTrigger(instant));

        await FireAsync(product, created, instant, 1);
        var detail = await ScheduleTests.DetailAsync(product);
        await product.AdvanceAsync(TimeSpan.FromHours(1));
        await product.CrashAsync(TimeSpan.FromHours(1));

        Assert.Equal((ScheduleState.Completed, "No occurrence is left.", null), (detail.State, detail.Reason, detail.NextInstant));
        Assert.Equal(new ScheduleCounters(1, 0, 1, 0, 0), (await ScheduleTests.DetailAsync(product)).Counters);
        Assert.Equal(1, product.Board.Count("ran"));
    }

    [Fact]
    public async Task One_instant_that_is_just_past_runs_at_once_and_one_long_past_is_missed()
    {
        await using var product = await StartAsync();
        var late = await DefineAsync(product, new OnceTrigger(product.Now.AddSeconds(-30)));
        await product.Board.MarkedAsync("ran");
        await ScheduleTests.EndedAsync(product, late, 1);

        var missed = await DefineAsync(product, new OnceTrigger(product.Now.AddSeconds(-300)), name: "missed");

        var detail = await product.Schedule("missed").GetAsync(CancellationToken.None);
        Assert.Equal(new ScheduleCounters(1, 1, 0, 0, 0), late.Counters);
        Assert.Equal((detail.State, detail.Counters), (missed.State, missed.Counters));
        Assert.Equal((ScheduleState.Completed, new ScheduleCounters(1, 0, 0, 0, 1)), (detail.State, detail.Counters));
    }

    [Fact]
    public async Task A_start_fires_once_at_each_start_but_not_at_the_one_that_it_was_created_in()
    {
        await using var product = await StartAsync();
        var created = await DefineAsync(product, new StartTrigger());
        await product.AdvanceAsync(TimeSpan.FromSeconds(60));

        await product.RestartAsync();
        await product.Board.MarkedAsync("ran", 1);
        await ScheduleTests.EndedAsync(product, created, 1);
        await product.AdvanceAsync(TimeSpan.FromSeconds(60));
        await product.CrashAsync(TimeSpan.FromHours(5));
        await product.Board.MarkedAsync("ran", 2);
        await ScheduleTests.EndedAsync(product, created, 2);

        var detail = await ScheduleTests.DetailAsync(product);
        Assert.Equal((ScheduleState.Active, new ScheduleCounters(2, 0, 2, 0, 0)), (detail.State, detail.Counters));
        Assert.Equal(2, product.Board.Count("ran"));
    }

    [Fact]
    public async Task A_start_that_came_while_it_was_paused_is_over()
    {
        await using var product = await StartAsync();
        var created = await DefineAsync(product, new StartTrigger());
        await product.Schedule("s").PauseAsync("me", "because", CancellationToken.None);
        await product.RestartAsync();

        await product.Schedule("s").ResumeAsync("me", CancellationToken.None);
        await product.AdvanceAsync(TimeSpan.FromSeconds(1));
        await product.RestartAsync();
        await product.Board.MarkedAsync("ran");
        await ScheduleTests.EndedAsync(product, created, 1);

        Assert.Equal(new ScheduleCounters(1, 0, 1, 0, 0), (await ScheduleTests.DetailAsync(product)).Counters);
    }

    [Fact]
    public async Task After_its_last_firing_a_schedule_is_completed()
    {
        await using var product = await StartAsync();
        var created = await DefineAsync(product, new IntervalTrigger(TimeSpan.FromSeconds(7)), change: definition => definition with { MaxFirings = 2 });

        await FireAsync(product, created, created.CreatedAt.AddSeconds(7), 1);
        await FireAsync(product, created, created.CreatedAt.AddSeconds(14), 2);
        await product.AdvanceAsync(TimeSpan.FromHours(1));

        var detail = await ScheduleTests.DetailAsync(product);
        Assert.Equal((ScheduleState.Completed, new ScheduleCounters(2, 0, 2, 0, 0)), (detail.State, detail.Counters));
    }

    [Fact]
    public async Task Jitter_delays_the_start_and_both_instants_are_kept()
    {
        await using var product = await StartAsync();
        var created = await DefineAsync(
            product, new IntervalTrigger(TimeSpan.FromSeconds(25)), change: definition => definition with { Jitter = TimeSpan.FromMinutes(10) });
        DateTimeOffset nominal = created.CreatedAt.AddSeconds(25);

        await product.ArmedForAsync(nominal);
        await product.AdvanceAsync(nominal - product.Now);
        await product.Board.MarkedAsync("log:RunQueued");
        var queued = (await ScheduleTests.DetailAsync(product)).OpenRuns[0];
        await product.ArmedForAsync(queued.NotBefore!.Value);
        await product.AdvanceAsync(queued.NotBefore!.Value - product.Now);
        await ScheduleTests.EndedAsync(product, created, 1);

        var run = await product.Schedule("s").GetRunAsync(queued.Run, CancellationToken.None);
        Assert.Equal((RunStatus.Queued, nominal), (queued.Status, queued.Instant));
        Assert.InRange(queued.NotBefore!.Value, nominal, nominal.AddMinutes(10));
        Assert.Equal((nominal, queued.NotBefore, queued.NotBefore), (run.Instant, run.NotBefore, run.StartedAt));
    }

    [Fact]
    public async Task Another_definition_counts_from_then_on_and_what_was_due_keeps_its_fate()
    {
        await using var product = await StartAsync();
        var created = await DefineAsync(product, new IntervalTrigger(TimeSpan.FromSeconds(7)));
        await FireAsync(product, created, created.CreatedAt.AddSeconds(7), 1);

        var updated = await product.Schedule("s").UpdateAsync(
            created.Definition with { Trigger = new IntervalTrigger(TimeSpan.FromSeconds(30)) }, 1, "me", CancellationToken.None);
        var same = await product.Schedule("s").UpdateAsync(updated.Definition, null, "you", CancellationToken.None);
        var conflict = await Assert.ThrowsAsync<SchedulerException>(
            () => product.Schedule("s").UpdateAsync(created.Definition, 1, "me", CancellationToken.None));
        await FireAsync(product, created, created.CreatedAt.AddSeconds(30), 2);

        Assert.Equal((2, "me", created.CreatedAt.AddSeconds(30)), (updated.Revision, updated.ChangedBy, updated.NextInstant));
        Assert.Equal((2, "me"), (same.Revision, same.ChangedBy));
        Assert.Equal((ErrorCodes.RevisionConflict, "2"), (conflict.Code, conflict.Details["revision"]));
        Assert.Equal(new ScheduleCounters(2, 0, 2, 0, 0), (await ScheduleTests.DetailAsync(product)).Counters);
    }

    [Fact]
    public async Task What_this_version_does_not_do_is_refused_and_not_ignored()
    {
        await using var product = await StartAsync();

        var overlap = await Assert.ThrowsAsync<SchedulerException>(() => DefineAsync(
            product, new StartTrigger(), change: definition => definition with { Overlap = OverlapPolicy.CancelRunning }));
        var missed = await Assert.ThrowsAsync<SchedulerException>(() => DefineAsync(
            product, new StartTrigger(), change: definition => definition with { Missed = MissedPolicy.Stasis }));

        Assert.Equal((ErrorCodes.PolicyUnsupported, "overlap", "skip, allow"), (overlap.Code, overlap.Details["field"], overlap.Details["supported"]));
        Assert.Equal((ErrorCodes.PolicyUnsupported, "missed", "skip, run_latest"), (missed.Code, missed.Details["field"], missed.Details["supported"]));
    }

    [Fact]
    public async Task Runs_go_side_by_side_where_the_policy_allows_it()
    {
        await using var product = await StartAsync();
        product.Board.Mark("closed");
        var created = await DefineAsync(
            product, new IntervalTrigger(TimeSpan.FromSeconds(7)), change: definition => definition with { Overlap = OverlapPolicy.Allow });
        for (int number = 1; number <= 2; number++)
        {
            await product.ArmedForAsync(created.CreatedAt.AddSeconds(7 * number));
            await product.AdvanceAsync(TimeSpan.FromSeconds(7));
            await product.Board.MarkedAsync("ran", number);
        }

        var both = await ScheduleTests.DetailAsync(product);
        product.Board.Mark("open");
        await ScheduleTests.EndedAsync(product, created, 1);
        await ScheduleTests.EndedAsync(product, created, 2);

        Assert.Equal([RunStatus.Running, RunStatus.Running], both.OpenRuns.Select(run => run.Status));
        Assert.Equal(new ScheduleCounters(2, 2, 0, 0, 0), both.Counters);
    }

    [Fact]
    public async Task A_long_run_may_be_overtaken_by_many_and_still_commits()
    {
        await using var product = await StartAsync();
        product.Handle("writes", async context =>
        {
            context.Write(Address.Parse($"runs/{RunId.Parse(context.Run).Number}"), 1L);
            if (product.Board.Count("long") == 0)
            {
                product.Board.Mark("long");
                await Waits.OrCancelledAsync(product.Board.MarkedAsync("open"), context.Cancellation);
            }
        });
        var created = await DefineAsync(product, new StartTrigger(), change: definition => definition with
        {
            Overlap = OverlapPolicy.Allow, Target = new HandlerTarget("writes", SpaceId.Of("owner", "space")),
        });
        await product.Schedule("s").ExecuteAsync("r1", "me", CancellationToken.None);
        await product.Board.MarkedAsync("long");

        for (int number = 2; number <= 70; number++)
        {
            await product.Schedule("s").ExecuteAsync($"r{number}", "me", CancellationToken.None);
            await ScheduleTests.EndedAsync(product, created, number);
        }

        product.Board.Mark("open");
        await ScheduleTests.EndedAsync(product, created, 1);

        var run = (await product.Schedule("s").ListRunsAsync(1, CancellationToken.None))[0];
        Assert.Equal((1, RunStatus.Completed, null), (run.Run.Number, run.Status, run.Error));
    }

    [Fact]
    public async Task A_schedule_with_the_longest_name_can_write()
    {
        await using var product = await StartAsync();
        string name = new('n', 100);
        var schedule = product.Directory.Get<ISchedule>($"{new string('o', 100)}/{name}");
        product.Handle("writes", context =>
        {
            context.Write(Address.Parse("x"), 1L);
            return Task.CompletedTask;
        });
        var created = await schedule.CreateAsync(
            new ScheduleDefinition(new StartTrigger(), new HandlerTarget("writes", SpaceId.Of("owner", "space")), Overlap: OverlapPolicy.Allow), CancellationToken.None);

        await schedule.ExecuteAsync("r", "me", CancellationToken.None);
        await ScheduleTests.EndedAsync(product, created, 1);

        Assert.Equal((RunStatus.Completed, null), ((await schedule.GetAsync(CancellationToken.None)).LastRun!.Status, (await schedule.GetAsync(CancellationToken.None)).LastRun!.Error));
    }

    [Fact]
    public async Task The_latest_of_what_was_missed_runs_where_the_policy_says_so()
    {
        await using var product = await StartAsync();
        var created = await DefineAsync(
            product, new IntervalTrigger(TimeSpan.FromHours(1)), change: definition => definition with { Missed = MissedPolicy.RunLatest });

        await product.CrashAsync(TimeSpan.FromMinutes(330));
        await product.Board.MarkedAsync("ran");
        await ScheduleTests.EndedAsync(product, created, 1);

        var detail = await ScheduleTests.DetailAsync(product);
        Assert.Equal(created.CreatedAt.AddHours(5), detail.LastRun!.Instant);
        Assert.Equal(new ScheduleCounters(5, 0, 1, 0, 4), detail.Counters);
    }

    [Fact]
    public async Task A_schedule_can_begin_paused()
    {
        await using var product = await StartAsync();
        var created = await DefineAsync(
            product, new IntervalTrigger(TimeSpan.FromSeconds(7)), change: definition => definition with { InitialPause = "not yet" });
        await product.AdvanceAsync(TimeSpan.FromSeconds(20));

        var resumed = await product.Schedule("s").ResumeAsync("me", CancellationToken.None);
        await FireAsync(product, created, created.CreatedAt.AddSeconds(21), 1);

        Assert.Equal((ScheduleState.Paused, "not yet", null), (created.State, created.Reason, created.NextInstant));
        Assert.Equal(ScheduleState.Active, resumed.State);
    }

    [Fact]
    public async Task What_a_handler_notes_is_kept_with_its_run()
    {
        await using var product = await StartAsync();
        product.Handle("notes", context =>
        {
            context.Log("hello ");
            context.Log("world");
            return Task.CompletedTask;
        });
        var created = await DefineAsync(product, new StartTrigger(), change: definition => definition with { Target = new HandlerTarget("notes") });

        await product.Schedule("s").ExecuteAsync("r", "me", CancellationToken.None);
        await ScheduleTests.EndedAsync(product, created, 1);

        Assert.Equal("hello world", (await ScheduleTests.DetailAsync(product)).LastRun!.Log);
    }

    [Fact]
    public async Task A_payload_that_can_never_run_is_refused_where_it_is_defined()
    {
        await using var product = await StartAsync();
        product.Handlers.Add("picky", () => new Nothing(), check: payload =>
        {
            if (payload is null)
            {
                throw new SchedulerException(ErrorCodes.RequestInvalid, "A payload is needed.").With("field", "payload.path");
            }
        });

        var schedule = await Assert.ThrowsAsync<SchedulerException>(() => DefineAsync(
            product, new StartTrigger(), change: definition => definition with { Target = new HandlerTarget("picky") }));
        var action = await Assert.ThrowsAsync<SchedulerException>(() => product.RegisterAsync(
            new ActionDefinition("a", "picky", ActionKind.Effect, ProductUnderTest.Addresses("x"), [])));

        Assert.Equal("target.payload.path", schedule.Details["field"]);
        Assert.Equal("[0].payload.path", action.Details["field"]);
    }

    internal static async Task<ScheduleDetail> DefineAsync(
        ProductUnderTest product, Trigger trigger, string name = "s", Func<ScheduleDefinition, ScheduleDefinition>? change = null)
    {
        product.Handle("runs", context => ScheduleTests.RunAsync(product, context));
        var definition = new ScheduleDefinition(trigger, new HandlerTarget("runs", SpaceId.Of("owner", "space")));
        return await product.Schedule(name).CreateAsync(change?.Invoke(definition) ?? definition, CancellationToken.None);
    }

    private static async Task FireAsync(ProductUnderTest product, ScheduleDetail created, DateTimeOffset instant, int number)
    {
        await product.ArmedForAsync(instant);
        await product.AdvanceAsync(instant - product.Now);
        await product.Board.MarkedAsync("ran", number);
        await ScheduleTests.EndedAsync(product, created, number);
    }

    private sealed class Nothing : Handlers.IActionHandler
    {
        public Task HandleAsync(Handlers.IRunContext context) => Task.CompletedTask;
    }
}
