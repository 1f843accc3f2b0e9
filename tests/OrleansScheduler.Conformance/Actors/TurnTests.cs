using System.Globalization;
using OrleansScheduler.Conformance.Probes;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantee 1: one activation per key, turns that never overlap, and reentrant requests.</summary>
public abstract class TurnTests : EngineTests
{
    [Fact]
    public async Task Turns_of_64_callers_never_overlap()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++)
            {
                await probe.CountAsync(steps: 4);
            }
        })));

        Assert.Equal(64 * 20 * 4, await probe.CountAsync(steps: 0));
        Assert.False(await probe.OverlappedAsync());
    }

    [Fact]
    public async Task All_references_lead_to_one_activation()
    {
        await using var engine = await StartEngineAsync();

        var lives = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => engine.Probe("a").LifeAsync())));

        Assert.All(lives, life => Assert.Equal(1, life));
        Assert.Equal(1, engine.Board.Count("loading:a"));
    }

    [Fact]
    public async Task Others_run_while_a_request_awaits()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        var waiting = probe.WaitAsync("go", CancellationToken.None);
        await engine.Board.MarkedAsync("entered:go");

        await probe.MarkAsync("go", CancellationToken.None);

        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task Each_of_many_requests_at_once_starts_exactly_once()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");

        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => probe.MarkAsync($"m{number}", CancellationToken.None)));

        // In which order is no promise: on their way from process to process requests overtake each other.
        Assert.Equal(Enumerable.Range(0, 500), engine.Board.Marks.Where(mark => mark[0] == 'm').Select(mark => int.Parse(mark[1..], CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task What_a_caller_does_next_never_runs_within_the_turn()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        var held = probe.HeldAsync();
        var next = Task.Run(async () =>
        {
            engine.Board.Mark("listening");
            await held;
            return ProbeActor.IsThisThreadInATurn;
        });
        await engine.Board.MarkedAsync("listening");

        await probe.ReleaseAsync();

        Assert.False(await next);
    }

    [Fact]
    public async Task Calls_from_actor_to_actor_are_nested_on_one_thread_within_bounds()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("chain-1").ChainAsync(1, 100);

        var depth = await engine.Probe("chain-1").ChainAsync(1, 100);

        // A turn that came from the queue, and eight inline calls within it.
        Assert.InRange(depth, 1, 9);
    }
}
