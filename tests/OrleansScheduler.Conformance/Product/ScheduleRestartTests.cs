using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>What a crash leaves of schedules and their runs.</summary>
public abstract class ScheduleRestartTests : ProductTests
{
    [Fact]
    public async Task A_run_that_was_open_in_a_crash_is_lost_and_the_schedule_goes_on()
    {
        await using var product = await StartAsync();
        product.Board.Mark("closed");
        var created = await ScheduleTests.CreateAsync(product, period: 7);
        await product.ArmedForAsync(created.CreatedAt.AddSeconds(7));
        await product.AdvanceAsync(TimeSpan.FromSeconds(7));
        await product.Board.MarkedAsync("ran");

        await product.CrashAsync(TimeSpan.FromSeconds(2));
        product.Board.Mark("open");
        await product.ArmedForAsync(created.CreatedAt.AddSeconds(14));
        await product.AdvanceAsync(created.CreatedAt.AddSeconds(14) - product.Now);
        await product.Board.MarkedAsync("ran", 2);
        await ScheduleTests.EndedAsync(product, created, 2);

        var runs = await product.Schedule("s").ListRunsAsync(10, CancellationToken.None);
        Assert.Equal([RunStatus.Completed, RunStatus.HostLost], runs.Select(run => run.Status));
        Assert.Equal("host_lost", runs[1].Error!.Code);
        Assert.Equal(new ScheduleCounters(2, 0, 2, 0, 0), (await ScheduleTests.DetailAsync(product)).Counters);
    }

    [Fact]
    public async Task Instants_missed_beyond_the_tolerance_are_skipped_and_counted()
    {
        await using var product = await StartAsync();
        var created = await ScheduleTests.CreateAsync(product, period: 25);
        await ScheduleTests.FireAsync(product, created.CreatedAt.AddSeconds(25), 1);

        await product.CrashAsync(TimeSpan.FromSeconds(600));
        await product.Board.MarkedAsync("ran", 2);
        await ScheduleTests.EndedAsync(product, created, 2);

        // Down from 25 to 625 s: 50 to 550 are too old; 575, 600 and 625 are within the minute, and one of them can run.
        var detail = await ScheduleTests.DetailAsync(product);
        Assert.Equal(created.CreatedAt.AddSeconds(575), detail.LastRun!.Instant);
        Assert.Equal(new ScheduleCounters(25, 0, 2, 2, 21), detail.Counters);
        Assert.Equal(created.CreatedAt.AddSeconds(650), detail.NextInstant);
    }

    [Fact]
    public async Task A_schedule_nobody_calls_fires_after_a_crash()
    {
        await using var product = await StartAsync();
        var created = await ScheduleTests.CreateAsync(product, period: 20);
        await product.ArmedForAsync(created.CreatedAt.AddSeconds(20));

        await product.CrashAsync(TimeSpan.FromSeconds(5));
        await product.ArmedForAsync(created.CreatedAt.AddSeconds(20));
        await product.AdvanceAsync(created.CreatedAt.AddSeconds(20) - product.Now);

        await product.Board.MarkedAsync("ran");
    }

    [Fact]
    public async Task The_runs_and_their_ids_are_the_same_after_a_crash()
    {
        await using var product = await StartAsync();
        var created = await ScheduleTests.CreateAsync(product, period: 7);
        await ScheduleTests.FireAsync(product, created.CreatedAt.AddSeconds(7), 1);
        await ScheduleTests.FireAsync(product, created.CreatedAt.AddSeconds(14), 2);
        var before = await product.Schedule("s").ListRunsAsync(10, CancellationToken.None);

        await product.CrashAsync(TimeSpan.FromSeconds(1));
        var after = await product.Schedule("s").ListRunsAsync(10, CancellationToken.None);
        await ScheduleTests.FireAsync(product, created.CreatedAt.AddSeconds(21), 3);

        Assert.Equal(before, after);
        Assert.Equal(
            RunId.Of(created.Schedule, created.Incarnation, 3), (await ScheduleTests.DetailAsync(product)).LastRun!.Run);
    }

    [Fact]
    public async Task A_paused_schedule_stays_paused_through_a_crash()
    {
        await using var product = await StartAsync();
        await ScheduleTests.CreateAsync(product, period: 7);
        await product.Schedule("s").PauseAsync("me", "holiday", CancellationToken.None);

        await product.CrashAsync(TimeSpan.FromMinutes(10));

        var detail = await ScheduleTests.DetailAsync(product);
        Assert.Equal((ScheduleState.Paused, "holiday"), (detail.State, detail.Reason));
        Assert.Equal(new ScheduleCounters(0, 0, 0, 0, 0), detail.Counters);
        Assert.Equal(0, product.Board.Count("ran"));
    }
}
