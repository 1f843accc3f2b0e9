using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Core.Settling.Statistics;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Core.Tests.Fakes;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using Xunit;

namespace OrleansScheduler.Core.Tests.Settling;

public sealed class StatisticsKeeperTests
{
    [Fact]
    public async Task Whoever_heard_that_they_cannot_be_written_hears_when_nobody_tries_any_more()
    {
        var fanout = new NotingFanout();
        var context = new FakeContext(new ScriptedJournal()) { State = new RefusingStates(), Fanout = fanout };
        StatisticsKeeper keeper = await StartAsync(context);
        Count(keeper, context);

        Task stopped = keeper.StopAsync();
        string degraded = await fanout.NextAsync();
        await TurnAsync(context, context.Clock.GetUtcNow().AddSeconds(8));
        await stopped;

        Assert.Contains("storage_degraded", degraded, StringComparison.Ordinal);
        string lost = await fanout.NextAsync();
        Assert.Contains("storage_lost", lost, StringComparison.Ordinal);
        Assert.Contains("statistics-0", lost, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activation_that_was_replaced_writes_over_nothing_and_ends()
    {
        var turns = new Turns();
        var states = new SharedStates();
        var old = new FakeContext(new ScriptedJournal()) { State = states, Fanout = new NotingFanout() };
        var young = new FakeContext(new ScriptedJournal()) { State = states, Fanout = new NotingFanout() };
        StatisticsKeeper zombie = await turns.Run(() => StartAsync(old));
        StatisticsKeeper owner = await turns.Run(() => StartAsync(young));
        turns.Run(() => Count(owner, young));
        turns.Run(() => Count(owner, young));
        await turns.Run(owner.StopAsync);

        turns.Run(() => Count(zombie, old));
        Task stopped = turns.Run(zombie.StopAsync);
        DateTimeOffset start = old.Clock.GetUtcNow();
        old.Clock.Advance(TimeSpan.FromSeconds(1));
        _ = turns.Run(() => TurnAsync(old, start.AddMilliseconds(250)));
        _ = turns.Run(() => TurnAsync(old, start.AddSeconds(8)));
        await stopped;

        Assert.Equal(1, states.Writes);
        Assert.Equal(ErrorCodes.JournalConflict, Assert.IsType<StorageException>(Assert.Single(old.Ends)).Code);
        StatisticsKeeper next = await turns.Run(() => StartAsync(young));
        Assert.Equal(2, (await next.ListAsync(null, 1)).Runs);
    }

    private static async Task<StatisticsKeeper> StartAsync(FakeContext context)
    {
        var keeper = new StatisticsKeeper(context, new BackgroundWatch(NullLogger.Instance), NullLogger.Instance);
        await keeper.ListAsync(null, 1);
        return keeper;
    }

    private static void Count(StatisticsKeeper keeper, FakeContext context) =>
        keeper.Count(new FinishedRun(ActionId.Parse("sum~00000000"), HasFailed: false, context.Clock.GetUtcNow(), TimeSpan.Zero));

    private static Task TurnAsync(FakeContext context, DateTimeOffset due) => context.Timers.Single(timer => timer.Due == due).Turn();
}
