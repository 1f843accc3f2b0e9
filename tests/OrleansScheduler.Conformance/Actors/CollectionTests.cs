using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantee 7, first half: idle actors go, after a flush, and those that are not idle stay.</summary>
public abstract class CollectionTests : EngineTests
{
    // The clock may run ahead of a flush that has begun; a long wait keeps that from ending it.
    private static readonly EngineSettings Patient = new() { FlushWait = TimeSpan.FromMinutes(10) };

    private static readonly EngineSettings Quick = Patient with
    {
        IdleAfter = TimeSpan.FromSeconds(5),
        CollectionInterval = TimeSpan.FromSeconds(1),
    };

    [Fact]
    public async Task An_idle_actor_is_collected_after_a_flush_and_comes_back()
    {
        await using var engine = await StartEngineAsync(Patient);
        var probe = engine.Probe("a");
        await probe.AddUnflushedAsync("line");

        await engine.AdvanceAsync(TimeSpan.FromMinutes(13));
        await engine.Board.MarkedAsync("flushed:a");

        Assert.Equal(2, await probe.LifeAsync());
        Assert.Equal(["line"], await probe.LinesAsync());
    }

    [Fact]
    public async Task An_actor_is_not_collected_before_its_time()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("a").LifeAsync();

        await engine.AdvanceAsync(TimeSpan.FromMinutes(9.9));

        Assert.Equal(1, await engine.Probe("a").LifeAsync());
    }

    [Fact]
    public async Task Idle_time_counts_from_the_last_request()
    {
        await using var engine = await StartEngineAsync(Patient);
        await engine.Probe("idle").LifeAsync();
        await engine.Probe("a").LifeAsync();
        await engine.AdvanceAsync(TimeSpan.FromMinutes(9));
        await engine.Probe("a").LifeAsync();

        await engine.AdvanceAsync(TimeSpan.FromMinutes(4));
        await engine.Board.MarkedAsync("flushed:idle");

        Assert.Equal(1, await engine.Probe("a").LifeAsync());
    }

    [Fact]
    public async Task An_armed_timer_keeps_an_actor()
    {
        await using var engine = await StartEngineAsync(Quick);
        await engine.Probe("idle").LifeAsync();
        await engine.Probe("a").StartTimerAsync(TimeSpan.FromMinutes(1), "due");

        await engine.AdvanceAsync(TimeSpan.FromSeconds(59));
        await engine.Board.MarkedAsync("flushed:idle");
        Assert.Equal(1, await engine.Probe("a").LifeAsync());

        await engine.AdvanceAsync(TimeSpan.FromSeconds(1));
        await engine.Board.MarkedAsync("due");
        Assert.Equal(1, await engine.Probe("a").LifeAsync());
        await engine.AdvanceAsync(TimeSpan.FromSeconds(10));
        await engine.Board.MarkedAsync("flushed:a");
    }

    [Fact]
    public async Task An_unanswered_request_keeps_an_actor()
    {
        await using var engine = await StartEngineAsync(Quick);
        await engine.Probe("idle").LifeAsync();
        var waiting = engine.Probe("a").WaitAsync("go", CancellationToken.None);
        await engine.Board.MarkedAsync("entered:go");

        await engine.AdvanceAsync(TimeSpan.FromSeconds(30));
        await engine.Board.MarkedAsync("flushed:idle");

        Assert.Equal(1, await engine.Probe("a").LifeAsync());
        engine.Board.Mark("go");
        await waiting;
    }

    [Fact]
    public async Task Work_outside_keeps_an_actor()
    {
        await using var engine = await StartEngineAsync(Quick);
        await engine.Probe("idle").LifeAsync();
        var outside = engine.Probe("a").RunOutsideAsync("work");
        await engine.Board.MarkedAsync("outside:work");

        await engine.AdvanceAsync(TimeSpan.FromSeconds(30));
        await engine.Board.MarkedAsync("flushed:idle");

        Assert.Equal(1, await engine.Probe("a").LifeAsync());
        engine.Board.Mark("work");
        Assert.Equal("work", await outside);
    }

    [Fact]
    public async Task An_actor_that_says_it_is_busy_is_kept()
    {
        await using var engine = await StartEngineAsync(Quick);
        engine.Board.PlanFor("a").IsBusy = true;
        await engine.Probe("idle").LifeAsync();
        await engine.Probe("a").LifeAsync();

        await engine.AdvanceAsync(TimeSpan.FromSeconds(30));
        await engine.Board.MarkedAsync("flushed:idle");

        Assert.Equal(1, await engine.Probe("a").LifeAsync());
    }

    [Fact]
    public async Task An_actor_can_end_itself_in_good_order()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.AddUnflushedAsync("line");

        await probe.EndAsync();

        Assert.Equal(["line"], await probe.LinesAsync());
        Assert.Equal(2, await probe.LifeAsync());
        Assert.Equal(["loading:a", "flushing:a", "flushed:a", "loading:a"], engine.Board.Marks);
    }

    [Fact]
    public async Task A_flush_that_hangs_is_given_up_and_the_actor_comes_back()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        engine.Board.PlanFor("a").HangsInFlush = true;
        await probe.EndAsync();
        await engine.Board.MarkedAsync("flushing:a");
        var next = probe.LifeAsync();

        await engine.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, await next);
    }
}
