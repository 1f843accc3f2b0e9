using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantees 3 and 9: a faulted activation takes nothing more in, and what is left of it cannot write.</summary>
public abstract class FaultTests : EngineTests
{
    [Fact]
    public async Task A_request_that_waits_behind_the_fault_is_served_by_the_next_activation()
    {
        await using var engine = await StartEngineAsync();

        var life = await engine.Probe("a").FaultAsync();

        Assert.Equal(2, life);
        Assert.Contains("stopped", engine.Board.Marks);
    }

    [Fact]
    public async Task Requests_under_way_still_answer_after_the_fault()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        var waiting = probe.WaitAsync("go", CancellationToken.None);
        await engine.Board.MarkedAsync("entered:go");
        await probe.FaultAsync();

        engine.Board.Mark("go");

        Assert.Equal(1, await waiting);
        Assert.Equal(2, await probe.LifeAsync());
    }

    [Fact]
    public async Task The_next_activation_loads_what_storage_holds()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.AppendAsync("durable");
        await probe.AddUnflushedAsync("lost");

        await probe.FaultAsync();

        Assert.Equal(["durable"], await probe.LinesAsync());
        Assert.DoesNotContain("flushing:a", engine.Board.Marks);
    }

    [Fact]
    public async Task A_request_left_over_from_the_fault_cannot_write()
    {
        await using var engine = await StartEngineAsync();
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

    [Fact]
    public async Task Timers_of_a_faulted_activation_never_fire()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.StartTimerAsync(TimeSpan.FromSeconds(10), "old");
        await probe.FaultAsync();
        await probe.StartTimerAsync(TimeSpan.FromSeconds(20), "new");

        await engine.AdvanceAsync(TimeSpan.FromSeconds(20));
        await engine.Board.MarkedAsync("new");

        Assert.DoesNotContain("old", engine.Board.Marks);
    }

    [Fact]
    public async Task Work_outside_is_cancelled_by_the_fault()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        var outside = probe.RunOutsideAsync("work");
        await engine.Board.MarkedAsync("outside:work");

        await probe.FaultAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outside);
    }
}
