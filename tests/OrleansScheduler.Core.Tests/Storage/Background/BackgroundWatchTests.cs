using Microsoft.Extensions.Logging.Abstractions;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Core.Tests.Fakes;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Background;

public sealed class BackgroundWatchTests
{
    private static readonly BackgroundFailure Failure = new("statistics", "statistics-0", "storage_failed", "No space.", false, TimeSpan.Zero, 1);

    private readonly BackgroundWatch _watch = new(NullLogger.Instance);

    [Fact]
    public void What_cannot_be_written_shows_until_it_is_written_or_given_up()
    {
        BackgroundNews news = News(CancellationToken.None);

        news.Failing(Failure);
        news.Failing(Failure with { Key = "statistics-1" });
        int both = _watch.Troubles.Length;
        news.Recovered(new BackgroundRequest("a run", "statistics", "statistics-0", 1));
        BackgroundTrouble left = Assert.Single(_watch.Troubles);
        _ = news.LostAsync(Failure with { Key = "statistics-1" });

        Assert.Equal(2, both);
        Assert.Equal(("statistics-1", "storage_failed", "No space."), (left.Target, left.Reason, left.Message));
        Assert.Empty(_watch.Troubles);
    }

    [Fact]
    public void An_activation_that_ends_takes_its_own_troubles_along_and_brings_no_more()
    {
        using var end = new CancellationTokenSource();
        BackgroundNews news = News(end.Token);
        _watch.Note("settler", "another", Failure, default);
        news.Failing(Failure);

        end.Cancel();
        news.Failing(Failure with { Key = "statistics-1" });

        Assert.Equal("settler/another", Assert.Single(_watch.Troubles).Actor);
    }

    [Fact]
    public async Task Listeners_hear_of_the_first_failure_and_health_of_all()
    {
        var fanout = new NotingFanout();
        var context = new FakeContext(new ScriptedJournal()) { Fanout = fanout };
        var news = new BackgroundNews(context, _watch, NullLogger.Instance);

        news.Failing(Failure with { UnsavedFor = TimeSpan.FromSeconds(1) });
        news.Failing(Failure with { UnsavedFor = TimeSpan.FromSeconds(2), HasNewerChanges = true, Attempts = 2 });
        news.Recovered(new BackgroundRequest("a run", "statistics", "statistics-0", 1));
        news.Failing(Failure with { UnsavedFor = TimeSpan.FromSeconds(3) });

        string[] heard = [await fanout.NextAsync(), await fanout.NextAsync(), await fanout.NextAsync()];
        Assert.Collection(
            heard,
            first => Assert.Contains("storage_degraded", first, StringComparison.Ordinal),
            second => Assert.Contains("storage_recovered", second, StringComparison.Ordinal),
            third => Assert.Contains("storage_degraded", third, StringComparison.Ordinal));
        Assert.Equal(context.Clock.GetUtcNow().AddSeconds(-3), Assert.Single(_watch.Troubles).UnsavedSince);
    }

    private BackgroundNews News(CancellationToken stopping) =>
        new(new FakeContext(new ScriptedJournal()) { Fanout = new NotingFanout(), Stopping = stopping }, _watch, NullLogger.Instance);
}
