using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantee 8: the limit counts unanswered requests, and beyond it a caller is told.</summary>
public abstract class BackpressureTests : EngineTests
{
    [Fact]
    public async Task Exactly_so_many_requests_may_be_unanswered()
    {
        await using var engine = await StartEngineAsync(new EngineSettings { UnansweredRequestsMax = 3 });
        var probe = engine.Probe("a");
        var accepted = Enumerable.Range(0, 3).Select(_ => probe.WaitAsync("go", CancellationToken.None)).ToList();
        await engine.Board.MarkedAsync("entered:go", times: 3);

        var refused = probe.MarkAsync("refused", CancellationToken.None);

        Assert.True((await Assert.ThrowsAsync<OverloadedException>(() => refused)).IsTransient);
        engine.Board.Mark("go");
        await Task.WhenAll(accepted);
        Assert.DoesNotContain("refused", engine.Board.Marks);
    }

    [Fact]
    public async Task Requests_that_have_not_started_count()
    {
        await using var engine = await StartEngineAsync(new EngineSettings { UnansweredRequestsMax = 3 });
        engine.Board.PlanFor("a").LoadGate = "load";
        var requests = Enumerable.Range(0, 4).Select(_ => engine.Probe("a").LifeAsync()).ToList();

        // Requests may overtake each other, so it may be any of them.
        var refused = await Task.WhenAny(requests);
        await Assert.ThrowsAsync<OverloadedException>(() => refused);

        engine.Board.Mark("load");
        var lives = await Task.WhenAll(requests.Where(request => request != refused));
        Assert.Equal([1, 1, 1], lives);
    }

    [Fact]
    public async Task Answered_requests_make_room()
    {
        await using var engine = await StartEngineAsync(new EngineSettings { UnansweredRequestsMax = 3 });
        var probe = engine.Probe("a");
        for (var round = 1; round <= 5; round++)
        {
            var accepted = Enumerable.Range(0, 3).Select(_ => probe.WaitAsync($"go{round}", CancellationToken.None)).ToList();
            await engine.Board.MarkedAsync($"entered:go{round}", times: 3);
            await Assert.ThrowsAsync<OverloadedException>(() => probe.LifeAsync());
            engine.Board.Mark($"go{round}");
            await Task.WhenAll(accepted);
        }
    }

    [Fact]
    public async Task Another_actor_is_not_affected()
    {
        await using var engine = await StartEngineAsync(new EngineSettings { UnansweredRequestsMax = 1 });
        var waiting = engine.Probe("a").WaitAsync("go", CancellationToken.None);

        Assert.Equal(1, await engine.Probe("b").LifeAsync());

        engine.Board.Mark("go");
        await waiting;
    }
}
