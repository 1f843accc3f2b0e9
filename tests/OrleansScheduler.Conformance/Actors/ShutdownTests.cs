using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantee 7, second half: an orderly end flushes within a bounded wait and names what could not be flushed.</summary>
public abstract class ShutdownTests : EngineTests
{
    [Fact]
    public async Task The_end_flushes_every_actor()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("a").AddUnflushedAsync("line");
        await engine.Probe("b").AddUnflushedAsync("line");

        var unflushed = await engine.StopAsync();

        Assert.Empty(unflushed);
        await engine.StartAgainAsync();
        Assert.Equal(["line"], await engine.Probe("a").LinesAsync());
        Assert.Equal(["line"], await engine.Probe("b").LinesAsync());
    }

    [Fact]
    public async Task Requests_after_the_end_are_told_so()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.LifeAsync();
        await engine.StopAsync();

        var known = await Assert.ThrowsAsync<SchedulerException>(() => probe.LifeAsync());
        var unknown = await Assert.ThrowsAsync<SchedulerException>(() => engine.Probe("b").LifeAsync());

        // Whoever sends into a connection that ends cannot tell whether the request still arrived.
        string[] codes = engine.CallersAreOutside ? [ErrorCodes.Stopping, ErrorCodes.OutcomeUnknown] : [ErrorCodes.Stopping];
        Assert.All([known, unknown], told => Assert.True(told.IsTransient && codes.Contains(told.Code), told.ToString()));
    }

    [Fact]
    public async Task An_actor_that_hangs_in_its_flush_is_named_and_holds_up_no_other()
    {
        await using var engine = await StartEngineAsync();
        engine.Board.PlanFor("a").HangsInFlush = true;
        await engine.Probe("a").LifeAsync();
        await engine.Probe("b").AddUnflushedAsync("line");

        var stop = engine.StopAsync();
        await engine.Board.MarkedAsync("flushing:a");
        await engine.Board.MarkedAsync("flushed:b");
        await engine.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["probe/a"], await stop);
    }

    [Fact]
    public async Task An_actor_whose_flush_fails_is_named()
    {
        await using var engine = await StartEngineAsync();
        engine.Board.PlanFor("a").FlushFailure = new StorageException(ErrorCodes.StorageFull, "The test wants it.");
        await engine.Probe("a").LifeAsync();

        Assert.Equal(["probe/a"], await engine.StopAsync());
    }

    [Fact]
    public async Task An_actor_that_is_still_coming_up_fails_its_requests()
    {
        await using var engine = await StartEngineAsync();
        engine.Board.PlanFor("a").LoadGate = "never";
        var waiting = engine.Probe("a").LifeAsync();
        await engine.Board.MarkedAsync("loading:a");

        Assert.Empty(await engine.StopAsync());

        Assert.Equal(ErrorCodes.Stopping, (await Assert.ThrowsAsync<SchedulerException>(() => waiting)).Code);
    }

    [Fact]
    public async Task Work_outside_is_cancelled_by_the_end()
    {
        await using var engine = await StartEngineAsync();
        var outside = engine.Probe("a").RunOutsideAsync("work");
        await engine.Board.MarkedAsync("outside:work");

        await engine.StopAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside);
    }
}
