using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>What a caller's token does: until a request starts it drops it, afterwards the method has it.</summary>
public abstract class CancellationTests : EngineTests
{
    [Fact]
    public async Task A_request_that_has_not_started_is_dropped()
    {
        await using var engine = await StartEngineAsync();
        engine.Board.PlanFor("a").LoadGate = "load";
        using var source = new CancellationTokenSource();
        var dropped = engine.Probe("a").MarkAsync("dropped", source.Token);
        var kept = engine.Probe("a").MarkAsync("kept", CancellationToken.None);
        await engine.Board.MarkedAsync("loading:a");

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped);
        engine.Board.Mark("load");
        await kept;

        Assert.DoesNotContain("dropped", engine.Board.Marks);
    }

    [Fact]
    public async Task A_request_with_a_cancelled_token_does_not_start()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.LifeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.MarkAsync("dropped", new CancellationToken(canceled: true)));
        await probe.MarkAsync("kept", CancellationToken.None);

        Assert.DoesNotContain("dropped", engine.Board.Marks);
    }

    [Fact]
    public async Task Giving_a_call_up_resumes_its_caller_in_a_turn_of_its_own()
    {
        await using var engine = await StartEngineAsync();
        engine.Board.PlanFor("slow").LoadGate = "load";
        var outcome = engine.Probe("a").CallAsync("slow", "dropped");
        await engine.Board.MarkedAsync("loading:slow");

        await engine.Probe("a").GiveUpAsync();

        Assert.Equal("apart", await outcome);
        engine.Board.Mark("load");
    }

    [Fact]
    public async Task A_request_that_has_started_is_not_abandoned()
    {
        await using var engine = await StartEngineAsync();
        using var source = new CancellationTokenSource();
        var waiting = engine.Probe("a").WaitAsync("go", source.Token);
        await engine.Board.MarkedAsync("entered:go");

        await source.CancelAsync();
        engine.Board.Mark("go");

        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task The_token_reaches_the_method()
    {
        await using var engine = await StartEngineAsync();
        using var source = new CancellationTokenSource();

        Assert.True(await engine.Probe("a").HasTokenAsync(1, source.Token));
        Assert.True(await engine.Probe("a").HasTokenAsync(1, source.Token));
        Assert.False(await engine.Probe("a").HasTokenAsync(1, CancellationToken.None));
    }
}
