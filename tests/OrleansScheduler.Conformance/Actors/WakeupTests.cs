using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantee 7, the long pause: a wake-up brings the actor back, even after a crash.</summary>
public abstract class WakeupTests : EngineTests
{
    [Fact]
    public async Task A_wakeup_comes_when_it_is_due()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("a").WakeAtAsync(engine.Now.AddHours(1));

        await engine.AdvanceAsync(TimeSpan.FromHours(1));

        await engine.Board.MarkedAsync("awake:a");
    }

    [Fact]
    public async Task A_wakeup_survives_a_crash()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("a").WakeAtAsync(engine.Now.AddHours(1));
        await engine.CrashAsync(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain("woken:a", engine.Board.Marks);

        await engine.AdvanceAsync(TimeSpan.FromMinutes(55));

        await engine.Board.MarkedAsync("awake:a");
    }

    [Fact]
    public async Task A_wakeup_missed_while_the_engine_was_down_comes_at_its_start()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("a").WakeAtAsync(engine.Now.AddHours(1));

        await engine.CrashAsync(TimeSpan.FromHours(2));

        await engine.Board.MarkedAsync("awake:a");
        Assert.Equal(2, await engine.Probe("a").LifeAsync());
    }

    [Fact]
    public async Task A_cleared_wakeup_does_not_come()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("a").WakeAtAsync(engine.Now.AddHours(1));
        await engine.Probe("b").WakeAtAsync(engine.Now.AddHours(2));

        await engine.Probe("a").WakeAtAsync(null);
        await engine.AdvanceAsync(TimeSpan.FromHours(2));
        await engine.Board.MarkedAsync("awake:b");

        Assert.DoesNotContain("woken:a", engine.Board.Marks);
    }

    [Fact]
    public async Task A_later_wakeup_replaces_the_earlier_one()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("a").WakeAtAsync(engine.Now.AddHours(1));
        await engine.Probe("a").WakeAtAsync(engine.Now.AddHours(3));
        await engine.Probe("b").WakeAtAsync(engine.Now.AddHours(2));

        await engine.AdvanceAsync(TimeSpan.FromHours(2));
        await engine.Board.MarkedAsync("awake:b");
        Assert.DoesNotContain("woken:a", engine.Board.Marks);
        await engine.AdvanceAsync(TimeSpan.FromHours(1));

        await engine.Board.MarkedAsync("awake:a");
    }

    [Fact]
    public async Task A_wakeup_that_was_cleared_when_it_came_is_gone_after_a_crash()
    {
        await using var engine = await StartEngineAsync();
        await engine.Probe("a").WakeAtAsync(engine.Now);
        await engine.Probe("b").WakeAtAsync(engine.Now.AddHours(1));
        await engine.Board.MarkedAsync("awake:a");

        await engine.CrashAsync(TimeSpan.FromHours(1));
        await engine.Board.MarkedAsync("awake:b");

        Assert.Equal(1, engine.Board.Count("woken:a"));
    }
}
