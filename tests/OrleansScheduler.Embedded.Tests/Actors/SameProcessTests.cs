using OrleansScheduler.Conformance;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>What holds because callers and actors share a process. No actor may rely on it.</summary>
public sealed class SameProcessTests
{
    [Fact]
    public async Task Requests_of_one_caller_start_in_the_order_of_its_calls()
    {
        await using var engine = await StartAsync();
        var probe = engine.Probe("a");

        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => probe.MarkAsync($"m{number}", CancellationToken.None)));

        Assert.Equal(Enumerable.Range(0, 500).Select(number => $"m{number}"), engine.Board.Marks.Where(mark => mark[0] == 'm'));
    }

    [Fact]
    public async Task A_cancelled_request_that_has_not_started_is_dropped()
    {
        await using var engine = await StartAsync();
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
    public async Task The_caller_of_a_request_that_has_started_hears_its_answer()
    {
        await using var engine = await StartAsync();
        using var source = new CancellationTokenSource();
        var waiting = engine.Probe("a").WaitAsync("go", source.Token);
        await engine.Board.MarkedAsync("entered:go");

        await source.CancelAsync();
        engine.Board.Mark("go");

        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task A_method_gets_a_token_exactly_when_its_caller_has_one()
    {
        await using var engine = await StartAsync();
        using var source = new CancellationTokenSource();

        Assert.True(await engine.Probe("a").HasTokenAsync(1, source.Token));
        Assert.True(await engine.Probe("a").HasTokenAsync(1, source.Token));
        Assert.False(await engine.Probe("a").HasTokenAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task After_a_fault_the_next_activation_serves_while_requests_are_still_under_way_and_those_cannot_write()
    {
        await using var engine = await StartAsync();
        var probe = engine.Probe("a");
        var late = probe.AppendAfterAsync("go", "late");
        await engine.Board.MarkedAsync("entered:go");
        await probe.FaultAsync();
        await probe.AppendAsync("first");

        engine.Board.Mark("go");

        var failure = await Assert.ThrowsAsync<StorageException>(() => late);
        Assert.Equal(ErrorCodes.JournalConflict, failure.Code);
        Assert.Equal(["first"], await probe.LinesAsync());
    }

    private static Task<EngineUnderTest> StartAsync() => MemoryEngine.StartAsync(new EngineSettings());
}
