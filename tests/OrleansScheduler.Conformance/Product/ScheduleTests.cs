using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>When schedules run, and what is known of their runs.</summary>
public abstract class ScheduleTests : ProductTests
{
    private static readonly SpaceId Space = SpaceId.Of("owner", "space");

    [Fact]
    public async Task An_interval_fires_without_drift()
    {
        await using var product = await StartAsync();
        var created = await CreateAsync(product, period: 7);

        for (int number = 1; number <= 5; number++)
        {
            await FireAsync(product, created.CreatedAt.AddSeconds(7 * number), number);
        }

        var runs = await product.Schedule("s").ListRunsAsync(200, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 5).Reverse().Select(number => created.CreatedAt.AddSeconds(7 * number)), runs.Select(run => run.Instant));
        Assert.Equal(runs.Select(run => (DateTimeOffset?)run.Instant), runs.Select(run => run.StartedAt));
        Assert.Equal(
            Enumerable.Range(1, 5).Reverse().Select(number => RunId.Of(created.Schedule, created.Incarnation, number)), runs.Select(run => run.Run));
        Assert.All(runs, run => Assert.Equal((RunStatus.Completed, OccurrenceOrigin.Nominal), (run.Status, run.Origin)));
        Assert.Equal(new ScheduleCounters(5, 0, 5, 0, 0), (await DetailAsync(product)).Counters);
    }

    [Fact]
    public async Task The_handler_is_told_its_nominal_instant_and_its_run()
    {
        await using var product = await StartAsync();
        var created = await CreateAsync(product, period: 7, payload: "\"hello\"");

        await FireAsync(product, created.CreatedAt.AddSeconds(7), 1);

        Assert.Contains($"{created.Schedule}.{created.Incarnation}.1 at {created.CreatedAt.AddSeconds(7):O} with \"hello\"", product.Board.Marks);
    }

    [Fact]
    public async Task What_is_due_while_a_run_is_open_is_skipped_and_counted()
    {
        await using var product = await StartAsync();
        product.Board.Mark("closed");
        var created = await CreateAsync(product, period: 7);
        await product.ArmedForAsync(created.CreatedAt.AddSeconds(7));
        await product.AdvanceAsync(TimeSpan.FromSeconds(7));
        await product.Board.MarkedAsync("ran");
        await product.ArmedForAsync(created.CreatedAt.AddSeconds(14));

        await product.AdvanceAsync(TimeSpan.FromSeconds(7));
        await product.ArmedForAsync(created.CreatedAt.AddSeconds(21));
        var meanwhile = (await DetailAsync(product)).Counters;
        product.Board.Mark("open");
        await EndedAsync(product, created, 1);
        await product.AdvanceAsync(TimeSpan.FromSeconds(7));
        await EndedAsync(product, created, 2);

        Assert.Equal(new ScheduleCounters(2, 1, 0, 1, 0), meanwhile);
        Assert.Equal(new ScheduleCounters(3, 0, 2, 1, 0), (await DetailAsync(product)).Counters);
        Assert.Equal(created.CreatedAt.AddSeconds(21), (await DetailAsync(product)).LastRun!.Instant);
    }

    [Fact]
    public async Task While_a_long_run_is_open_its_schedule_is_looked_after_every_30_seconds()
    {
        await using var product = await StartAsync();
        product.Board.Mark("closed");
        await CreateAsync(product, period: 3_600);
        await product.Schedule("s").ExecuteAsync("r", "me", CancellationToken.None);
        await product.Board.MarkedAsync("ran");

        // A short run would be over by then, and the clock never told of it.
        await product.ArmedForAsync(product.Now.AddSeconds(1));
        await product.AdvanceAsync(TimeSpan.FromSeconds(1));
        await product.Board.MarkedAsync("log:ClockTold:2");

        for (int look = 1; look <= 3; look++)
        {
            await product.AdvanceAsync(TimeSpan.FromSeconds(30));
            await product.Board.MarkedAsync("log:Attended", look);
        }

        Assert.Equal(new ScheduleCounters(1, 1, 0, 0, 0), (await DetailAsync(product)).Counters);
    }

    [Fact]
    public async Task Nothing_is_due_while_it_is_paused_and_resuming_goes_on_from_then()
    {
        await using var product = await StartAsync();
        var created = await CreateAsync(product, period: 7);
        await FireAsync(product, created.CreatedAt.AddSeconds(7), 1);

        var paused = await product.Schedule("s").PauseAsync("me", "holiday", CancellationToken.None);
        await product.AdvanceAsync(TimeSpan.FromSeconds(100));
        var resumed = await product.Schedule("s").ResumeAsync("you", CancellationToken.None);
        await FireAsync(product, created.CreatedAt.AddSeconds(112), 2);

        Assert.Equal((ScheduleState.Paused, "me", "holiday", null), (paused.State, paused.ChangedBy, paused.Reason, paused.NextInstant));
        Assert.Equal((ScheduleState.Active, "you", created.CreatedAt.AddSeconds(112)), (resumed.State, resumed.ChangedBy, resumed.NextInstant));
        Assert.Equal(new ScheduleCounters(2, 0, 2, 0, 0), (await DetailAsync(product)).Counters);
    }

    [Fact]
    public async Task A_request_to_run_now_is_one_run_however_often_it_is_repeated()
    {
        await using var product = await StartAsync();
        var created = await CreateAsync(product, period: 3_600);

        var run = await product.Schedule("s").ExecuteAsync("r1", "me", CancellationToken.None);
        await EndedAsync(product, created, 1);
        var repeated = await product.Schedule("s").ExecuteAsync("r1", "me", CancellationToken.None);
        await product.CrashAsync(TimeSpan.Zero);
        var again = await product.Schedule("s").ExecuteAsync("r1", "me", CancellationToken.None);

        Assert.Equal((OccurrenceOrigin.Manual, "me", RunStatus.Queued), (run.Origin, run.RequestedBy, run.Status));
        Assert.Equal((run.Run, RunStatus.Completed), (repeated.Run, repeated.Status));
        Assert.Equal(repeated, again);
        Assert.Equal(1, product.Board.Count("ran"));
    }

    [Fact]
    public async Task One_run_at_a_time_and_it_can_be_asked_for_while_paused()
    {
        await using var product = await StartAsync();
        product.Board.Mark("closed");
        var created = await CreateAsync(product, period: 3_600);
        await product.Schedule("s").PauseAsync("me", "because", CancellationToken.None);
        await product.Schedule("s").ExecuteAsync("r1", "me", CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<SchedulerException>(() => product.Schedule("s").ExecuteAsync("r2", "me", CancellationToken.None));
        product.Board.Mark("open");
        await EndedAsync(product, created, 1);

        Assert.Equal(ErrorCodes.RunOpen, refusal.Code);
        Assert.Equal(2, (await product.Schedule("s").ExecuteAsync("r2", "me", CancellationToken.None)).Run.Number);
    }

    [Fact]
    public async Task A_run_can_complete_its_schedule_which_stays_with_its_runs()
    {
        await using var product = await StartAsync();
        product.Board.Mark("complete");
        var created = await CreateAsync(product, period: 7);
        await FireAsync(product, created.CreatedAt.AddSeconds(7), 1, last: true);
        await product.AdvanceAsync(TimeSpan.FromHours(1));

        var execute = await Assert.ThrowsAsync<SchedulerException>(() => product.Schedule("s").ExecuteAsync("r", "me", CancellationToken.None));
        var pause = await Assert.ThrowsAsync<SchedulerException>(() => product.Schedule("s").PauseAsync("me", "because", CancellationToken.None));
        await product.CrashAsync(TimeSpan.FromHours(1));
        var detail = await DetailAsync(product);

        Assert.Equal((ErrorCodes.ScheduleCompleted, ErrorCodes.ScheduleCompleted), (execute.Code, pause.Code));
        Assert.Equal((ScheduleState.Completed, null), (detail.State, detail.NextInstant));
        Assert.Equal(new ScheduleCounters(1, 0, 1, 0, 0), detail.Counters);
        Assert.Single(await product.Schedule("s").ListRunsAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task The_last_50_ended_runs_are_kept_and_the_history_has_them_all()
    {
        await using var product = await StartAsync();
        var created = await CreateAsync(product, period: 3_600);

        for (int number = 1; number <= 53; number++)
        {
            await product.Schedule("s").ExecuteAsync($"r{number}", "me", CancellationToken.None);
            await EndedAsync(product, created, number);
        }

        var runs = await product.Schedule("s").ListRunsAsync(200, CancellationToken.None);
        Assert.Equal(Enumerable.Range(4, 50).Reverse().Select(number => (long)number), runs.Select(run => run.Run.Number));
        var gone = await Assert.ThrowsAsync<SchedulerException>(
            () => product.Schedule("s").GetRunAsync(RunId.Of(created.Schedule, created.Incarnation, 3), CancellationToken.None));
        Assert.Equal(ErrorCodes.NotFound, gone.Code);
        Assert.Equal(53, (await DetailAsync(product)).Counters.Ran);
    }

    [Fact]
    public async Task What_a_run_writes_is_one_commit_under_its_number()
    {
        await using var product = await StartAsync();
        product.Handle("writes", async context =>
        {
            var value = await context.ReadAsync(Address.Parse("counter"));
            context.Write(Address.Parse("counter"), (value?.AsInt64() ?? 0) + 1);
            context.CountTurn();
        });
        var created = await CreateAsync(product, period: 3_600, handler: "writes");

        await product.Schedule("s").ExecuteAsync("r1", "me", CancellationToken.None);
        await EndedAsync(product, created, 1);
        await product.Schedule("s").ExecuteAsync("r2", "me", CancellationToken.None);
        await EndedAsync(product, created, 2);

        var last = (await DetailAsync(product)).LastRun!;
        Assert.Equal((RunStatus.Completed, 2, 1), (last.Status, last.Commit, last.Turns));
        Assert.Equal("2", await product.ValueAsync("counter"));
        var commits = await product.Space.ListCommitsAsync(0, 10, TimeSpan.Zero, CancellationToken.None);
        Assert.Equal([1, 2], commits.Commits.Select(commit => commit.Number));
    }

    [Fact]
    public async Task A_run_whose_reads_changed_meanwhile_reads_again()
    {
        await using var product = await StartAsync();
        await product.CommitAsync(("counter", "1"));
        product.Handle("adds", async context =>
        {
            var value = (await context.ReadAsync(Address.Parse("counter")))!;
            product.Board.Mark($"read:{value}");
            await Waits.OrCancelledAsync(product.Board.MarkedAsync($"go:{value}"), context.Cancellation);
            context.Write(Address.Parse("counter"), value.AsInt64() + 1);
        });
        var created = await CreateAsync(product, period: 3_600, handler: "adds");
        await product.Schedule("s").ExecuteAsync("r1", "me", CancellationToken.None);
        await product.Board.MarkedAsync("read:1");
        await product.CommitAsync(("counter", "10"));

        product.Board.Mark("go:1");
        await product.Board.MarkedAsync("read:10");
        product.Board.Mark("go:10");
        await EndedAsync(product, created, 1);

        Assert.Equal("11", await product.ValueAsync("counter"));
    }

    [Fact]
    public async Task A_run_that_fails_says_why_and_the_schedule_goes_on()
    {
        await using var product = await StartAsync();
        product.Handle("broken", _ => throw new InvalidOperationException("It is broken."));
        var created = await CreateAsync(product, period: 7, handler: "broken");

        await FireAsync(product, created.CreatedAt.AddSeconds(7), 1, marks: false);
        await FireAsync(product, created.CreatedAt.AddSeconds(14), 2, marks: false);

        var detail = await DetailAsync(product);
        Assert.Equal(RunStatus.Failed, detail.LastRun!.Status);
        Assert.Equal(new RunError("handler_error", "InvalidOperationException: It is broken."), detail.LastRun.Error);
        Assert.Equal(new ScheduleCounters(2, 0, 2, 0, 0), detail.Counters);
    }

    [Fact]
    public async Task A_run_past_its_longest_duration_is_ended()
    {
        await using var product = await StartAsync();
        product.Board.Mark("closed");
        var created = await CreateAsync(product, period: 3_600, duration: 3);
        await product.Schedule("s").ExecuteAsync("r1", "me", CancellationToken.None);
        await product.Board.MarkedAsync("ran");
        await product.ArmedForAsync(product.Now.AddSeconds(3.1));

        await product.AdvanceAsync(TimeSpan.FromSeconds(3));
        await EndedAsync(product, created, 1);

        Assert.Equal(RunStatus.Timeout, (await DetailAsync(product)).LastRun!.Status);
    }

    [Fact]
    public async Task Creating_it_again_changes_nothing_and_creating_another_under_its_name_is_refused()
    {
        await using var product = await StartAsync();
        var created = await CreateAsync(product, period: 7);

        var again = await CreateAsync(product, period: 7);
        var refusal = await Assert.ThrowsAsync<SchedulerException>(() => CreateAsync(product, period: 8));
        var strange = await Assert.ThrowsAsync<SchedulerException>(() => CreateAsync(product, period: 7, handler: "nobody"));

        Assert.Equal(created, again);
        Assert.Equal((ErrorCodes.AlreadyExists, ErrorCodes.UnknownHandler), (refusal.Code, strange.Code));
    }

    [Fact]
    public async Task A_deleted_schedule_is_gone_and_one_created_after_it_is_another()
    {
        await using var product = await StartAsync();
        var created = await CreateAsync(product, period: 7);
        await FireAsync(product, created.CreatedAt.AddSeconds(7), 1);
        var catalog = product.Directory.Get<ICatalog>("owner");

        await product.Schedule("s").DeleteAsync("me", CancellationToken.None);
        var gone = await Assert.ThrowsAsync<SchedulerException>(() => DetailAsync(product));
        await product.AdvanceAsync(TimeSpan.FromSeconds(60));
        var again = await CreateAsync(product, period: 7);
        await FireAsync(product, again.CreatedAt.AddSeconds(7), 1, runs: 2);
        await product.Board.MarkedAsync("log:CatalogTold:3");

        Assert.Equal(ErrorCodes.NotFound, gone.Code);
        Assert.NotEqual(created.Incarnation, again.Incarnation);
        Assert.Equal(new ScheduleCounters(1, 0, 1, 0, 0), (await DetailAsync(product)).Counters);
        Assert.Equal(["s"], (await catalog.ListAsync(MemberKind.Schedule, null, 10, CancellationToken.None)).Names);
        Assert.Equal(2, product.Board.Count("ran"));
    }

    internal static async Task<ScheduleDetail> CreateAsync(
        ProductUnderTest product, int period, string handler = "runs", string? payload = null, double? duration = null)
    {
        product.Handle("runs", context => RunAsync(product, context));
        var target = new HandlerTarget(handler, Space, payload is null ? null : JsonValue.Parse(payload));
        var definition = new ScheduleDefinition(
            new IntervalTrigger(TimeSpan.FromSeconds(period)), target, duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        return await product.Schedule("s").CreateAsync(definition, CancellationToken.None);
    }

    internal static Task<ScheduleDetail> DetailAsync(ProductUnderTest product) => product.Schedule("s").GetAsync(CancellationToken.None);

    internal static Task EndedAsync(ProductUnderTest product, ScheduleDetail created, long number) =>
        product.Board.MarkedAsync($"log:RunEnded:{RunId.Of(created.Schedule, created.Incarnation, number)}");

    /// <summary>Moves the clock to an instant at which a run is due, and waits for its end and for the clock of the schedule.</summary>
    internal static async Task FireAsync(
        ProductUnderTest product, DateTimeOffset instant, int number, bool last = false, bool marks = true, int? runs = null)
    {
        var detail = await DetailAsync(product);
        await product.ArmedForAsync(instant);
        await product.AdvanceAsync(instant - product.Now);
        if (marks)
        {
            await product.Board.MarkedAsync("ran", runs ?? number);
        }

        await EndedAsync(product, detail, number);
        if (!last)
        {
            await product.ArmedForAsync(instant + ((IntervalTrigger)detail.Definition.Trigger).Period);
        }
    }

    // With the mark "closed" it waits for the mark "open"; with "complete" it ends its schedule.
    internal static async Task RunAsync(ProductUnderTest product, IRunContext context)
    {
        product.Board.Mark($"{context.Run} at {context.Instant:O} with {context.Payload}");
        if (product.Board.Count("complete") > 0)
        {
            context.CompleteSchedule();
        }

        product.Board.Mark("ran");
        if (product.Board.Count("closed") > 0)
        {
            await Waits.OrCancelledAsync(product.Board.MarkedAsync("open"), context.Cancellation);
        }
    }
}
