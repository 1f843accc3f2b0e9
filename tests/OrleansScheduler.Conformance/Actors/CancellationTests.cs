using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>What a caller's token does: it releases the caller, and reaches the method. The request may or may not have run.</summary>
public abstract class CancellationTests : EngineTests
{
    [Fact]
    public async Task A_caller_is_released_while_its_request_waits()
    {
        await using var engine = await StartEngineAsync();
        engine.Board.PlanFor("a").LoadGate = "load";
        using var source = new CancellationTokenSource();
        var released = engine.Probe("a").MarkAsync("released", source.Token);
        var kept = engine.Probe("a").MarkAsync("kept", CancellationToken.None);
        await engine.Board.MarkedAsync("loading:a");

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => released);
        engine.Board.Mark("load");
        await kept;

        Assert.InRange(engine.Board.Count("released"), 0, 1);
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
    public async Task A_request_that_has_started_goes_on()
    {
        await using var engine = await StartEngineAsync();
        using var source = new CancellationTokenSource();
        var waiting = engine.Probe("a").WaitAsync("go", source.Token);
        await engine.Board.MarkedAsync("entered:go");

        await source.CancelAsync();
        engine.Board.Mark("go");

        // The caller may be released before the answer.
        await engine.Board.MarkedAsync("left:go");
        var failure = await Record.ExceptionAsync(() => waiting);
        Assert.True(failure is null or OperationCanceledException, failure?.ToString());
    }

    [Fact]
    public async Task The_token_reaches_the_method()
    {
        await using var engine = await StartEngineAsync();
        using var source = new CancellationTokenSource();
        var waiting = engine.Probe("a").WaitForCancellationAsync("cancelled", source.Token);
        await engine.Board.MarkedAsync("entered:cancelled");

        await source.CancelAsync();

        await engine.Board.MarkedAsync("cancelled");
        var failure = await Record.ExceptionAsync(() => waiting);
        Assert.True(failure is null or OperationCanceledException, failure?.ToString());
    }
}
