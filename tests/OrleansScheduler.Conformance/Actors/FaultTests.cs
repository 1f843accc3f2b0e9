using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantees 3 and 9: a faulted activation takes nothing more in, and what is left of it loses nothing that was acknowledged.</summary>
/// <remarks>The next activation may come before or after the end of the requests that were under way.</remarks>
public abstract class FaultTests : EngineTests
{
    [Fact]
    public async Task A_request_that_waits_behind_the_fault_is_served_by_the_next_activation()
    {
        await using var engine = await StartEngineAsync();

        await engine.Probe("a").FaultAsync();

        await engine.Board.MarkedAsync("served by 2");
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
    public async Task Of_what_is_left_over_and_what_comes_next_exactly_the_acknowledged_is_kept()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.AppendAsync("early");
        var late = probe.AppendAfterAsync("go", "late");
        await engine.Board.MarkedAsync("entered:go");
        await probe.FaultAsync();

        engine.Board.Mark("go");
        var lateFailure = await Record.ExceptionAsync(() => late);
        var nextFailure = await Record.ExceptionAsync(() => probe.AppendAsync("next"));
        await engine.CrashAsync(TimeSpan.Zero);

        // Whoever of the two had loaded before the other wrote, loses.
        Assert.True(lateFailure is null || nextFailure is null);
        Assert.All([lateFailure, nextFailure], failure => Assert.True(failure is null or StorageException, failure?.ToString()));
        List<string> kept = ["early"];
        kept.AddRange(lateFailure is null ? ["late"] : []);
        kept.AddRange(nextFailure is null ? ["next"] : []);
        Assert.Equal(kept, await engine.Probe("a").LinesAsync());
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
