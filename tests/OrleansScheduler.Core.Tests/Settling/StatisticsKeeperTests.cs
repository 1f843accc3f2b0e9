using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Core.Settling.Statistics;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Core.Tests.Fakes;
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
        var keeper = new StatisticsKeeper(context, new BackgroundWatch(NullLogger.Instance), NullLogger.Instance);
        await keeper.ListAsync(null, 1);
        keeper.Count(new FinishedRun(ActionId.Parse("sum~00000000"), HasFailed: false, context.Clock.GetUtcNow(), TimeSpan.Zero));

        Task stopped = keeper.StopAsync();
        string degraded = await fanout.NextAsync();
        await context.Timers.Single(timer => timer.Due == context.Clock.GetUtcNow() + TimeSpan.FromSeconds(10)).Turn();
        await stopped;

        Assert.Contains("storage_degraded", degraded, StringComparison.Ordinal);
        string lost = await fanout.NextAsync();
        Assert.Contains("storage_lost", lost, StringComparison.Ordinal);
        Assert.Contains("statistics-0", lost, StringComparison.Ordinal);
    }
}
