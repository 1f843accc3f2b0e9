using OrleansScheduler.Actions;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Conformance.Product;

/// <summary>Ended runs are kept beyond what their schedule keeps, through crashes, and are removed some day.</summary>
public abstract class HistoryTests : ProductTests
{
    [Fact]
    public async Task Every_ended_run_reaches_the_history_once()
    {
        await using var product = await StartAsync();
        var created = await TriggerTests.DefineAsync(product, new StartTrigger());
        for (int number = 1; number <= 60; number++)
        {
            await product.Schedule("s").ExecuteAsync($"r{number}", "me", CancellationToken.None);
            await ScheduleTests.EndedAsync(product, created, number);
        }

        await product.Board.MarkedAsync("log:HistoryTold:60");
        var page = await History(product, created.Schedule).ListAsync(new HistoryQuery(Limit: 500), CancellationToken.None);

        Assert.Equal(60, page.Runs.Select(run => run.Run).Distinct().Count());
        Assert.Equal(60, page.Runs.Length);
        Assert.Equal(await product.Schedule("s").ListRunsAsync(50, CancellationToken.None), page.Runs.OrderByDescending(run => run.Run.Number).Take(50));
    }

    [Fact]
    public async Task What_was_not_told_before_a_crash_is_told_after_it()
    {
        await using var product = await StartAsync();
        var created = await TriggerTests.DefineAsync(product, new OnceTrigger(product.Now.AddDays(9)));
        await product.Schedule("s").ExecuteAsync("r", "me", CancellationToken.None);
        await ScheduleTests.EndedAsync(product, created, 1);

        await product.CrashAsync(TimeSpan.FromSeconds(1));
        await product.Schedule("s").GetAsync(CancellationToken.None);
        await product.Board.MarkedAsync("log:HistoryTold:1");

        var found = await History(product, created.Schedule).FindAsync(RunId.Of(created.Schedule, created.Incarnation, 1), CancellationToken.None);
        Assert.Equal(RunStatus.Completed, found!.Status);
    }

    [Fact]
    public async Task What_a_deleted_schedule_left_is_in_the_history()
    {
        await using var product = await StartAsync();
        product.Board.Mark("closed");
        var created = await TriggerTests.DefineAsync(product, new StartTrigger());
        await product.Schedule("s").ExecuteAsync("r", "me", CancellationToken.None);
        await product.Board.MarkedAsync("ran");

        await product.Schedule("s").DeleteAsync("me", CancellationToken.None);
        await product.Board.MarkedAsync("log:HistoryTold:1");

        var page = await History(product, created.Schedule).ListAsync(new HistoryQuery(created.Schedule), CancellationToken.None);
        Assert.Equal((RunStatus.Aborted, "deleted"), (page.Runs[0].Status, page.Runs[0].Error!.Code));
    }

    [Fact]
    public async Task A_run_that_is_told_twice_is_kept_once_and_one_of_another_day_is_refused()
    {
        await using var product = await StartAsync();
        var schedule = ScheduleId.Of("owner", "s");
        var run = Ended(product, schedule, 1);
        var history = History(product, schedule);

        await history.RecordAsync([run], CancellationToken.None);
        await history.RecordAsync([run, run], CancellationToken.None);
        await Assert.ThrowsAsync<Errors.SchedulerException>(
            () => history.RecordAsync([run with { EndedAt = product.Now.AddDays(1) }], CancellationToken.None));

        Assert.Equal([run], (await history.ListAsync(new HistoryQuery(), CancellationToken.None)).Runs);
    }

    [Fact]
    public async Task A_day_is_removed_when_it_has_been_kept_for_long_enough()
    {
        await using var product = await StartAsync();
        var schedule = ScheduleId.Of("owner", "s");
        string key = HistoryShard.KeyOf(schedule, Day(product));
        await product.Directory.Get<IHistory>(key).RecordAsync([Ended(product, schedule, 1)], CancellationToken.None);

        await product.CrashAsync(TimeSpan.FromDays(HistoryShard.DaysKept - 1));
        var kept = await product.Directory.Get<IHistory>(key).ListAsync(new HistoryQuery(), CancellationToken.None);
        await product.CrashAsync(TimeSpan.FromDays(3));
        await product.Board.MarkedAsync("log:HistoryCleared");

        Assert.Single(kept.Runs);
        Assert.Empty((await product.Directory.Get<IHistory>(key).ListAsync(new HistoryQuery(), CancellationToken.None)).Runs);
    }

    private static DateOnly Day(ProductUnderTest product) => DateOnly.FromDateTime(product.Now.UtcDateTime);

    private static IHistory History(ProductUnderTest product, ScheduleId schedule) =>
        product.Directory.Get<IHistory>(HistoryShard.KeyOf(schedule, Day(product)));

    private static ScheduleRun Ended(ProductUnderTest product, ScheduleId schedule, int number) => new(
        RunId.Of(schedule, "0000000a", number), OccurrenceOrigin.Nominal, product.Now, null, RunStatus.Completed, product.Now, null, product.Now, product.Now);
}
