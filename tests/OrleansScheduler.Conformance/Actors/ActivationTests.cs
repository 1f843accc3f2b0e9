using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>How an actor comes up: with its first request, once, or not at all.</summary>
public abstract class ActivationTests : EngineTests
{
    [Fact]
    public async Task A_reference_alone_activates_nothing()
    {
        await using var engine = await StartEngineAsync();

        _ = engine.Probe("a");
        await engine.Probe("b").LifeAsync();

        Assert.DoesNotContain("loading:a", engine.Board.Marks);
    }

    [Fact]
    public async Task Requests_wait_until_the_actor_is_up()
    {
        await using var engine = await StartEngineAsync();
        engine.Board.PlanFor("a").LoadGate = "load";
        var first = engine.Probe("a").MarkAsync("first", CancellationToken.None);
        var second = engine.Probe("a").MarkAsync("second", CancellationToken.None);
        await engine.Board.MarkedAsync("loading:a");
        Assert.DoesNotContain("first", engine.Board.Marks);

        engine.Board.Mark("load");
        await Task.WhenAll(first, second);

        // In which order is no promise: on their way to another process they may overtake each other.
        Assert.Equal(["loading:a", "load"], engine.Board.Marks.Take(2));
        Assert.Equal(["first", "second"], engine.Board.Marks.Skip(2).Order());
    }

    [Fact]
    public async Task All_that_wait_fail_with_what_activation_threw()
    {
        await using var engine = await StartEngineAsync();
        var plan = engine.Board.PlanFor("a");
        plan.LoadGate = "load";
        plan.LoadFailure = new CorruptStateException("probe/a", "entry 1", "the test wants it");
        var first = engine.Probe("a").LifeAsync();
        var second = engine.Probe("a").MarkAsync("second", CancellationToken.None);
        await engine.Board.MarkedAsync("loading:a");

        engine.Board.Mark("load");

        Assert.Equal(ErrorCodes.CorruptState, (await Assert.ThrowsAsync<CorruptStateException>(() => first)).Code);
        await Assert.ThrowsAsync<CorruptStateException>(() => second);
        Assert.DoesNotContain("second", engine.Board.Marks);
    }

    [Fact]
    public async Task The_next_call_after_a_failed_activation_tries_again()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        engine.Board.PlanFor("a").LoadFailure = new StorageException(ErrorCodes.StorageFailed, "The test wants it.");
        await Assert.ThrowsAsync<StorageException>(() => probe.LifeAsync());

        engine.Board.PlanFor("a").LoadFailure = null;

        Assert.Equal(2, await probe.LifeAsync());
    }
}
