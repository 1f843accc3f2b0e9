using Xunit;

namespace OrleansScheduler.Conformance.Actors;

/// <summary>Guarantee 4: timers and results of outside work come back as turns of their own.</summary>
public abstract class TimerTests : EngineTests
{
    [Fact]
    public async Task A_timer_fires_once_when_it_is_due()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.StartTimerAsync(TimeSpan.FromSeconds(10), "due");
        await probe.StartTimerAsync(TimeSpan.FromSeconds(30), "later");

        await engine.AdvanceAsync(TimeSpan.FromSeconds(10));
        await engine.Board.MarkedAsync("due");
        Assert.DoesNotContain("later", engine.Board.Marks);
        await engine.AdvanceAsync(TimeSpan.FromSeconds(20));
        await engine.Board.MarkedAsync("later");

        Assert.Equal(1, engine.Board.Count("due"));
    }

    [Fact]
    public async Task A_timer_of_zero_fires_in_a_turn_of_its_own()
    {
        await using var engine = await StartEngineAsync();

        await engine.Probe("a").StartTimerAsync(TimeSpan.Zero, "due");

        await engine.Board.MarkedAsync("due");
    }

    [Fact]
    public async Task A_disposed_timer_does_not_fire()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.StartTimerAsync(TimeSpan.FromSeconds(10), "disposed");
        await probe.CancelTimerAsync();
        await probe.StartTimerAsync(TimeSpan.FromSeconds(20), "later");

        await engine.AdvanceAsync(TimeSpan.FromSeconds(20));
        await engine.Board.MarkedAsync("later");

        Assert.DoesNotContain("disposed", engine.Board.Marks);
    }

    [Fact]
    public async Task What_a_timer_throws_harms_nothing()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        await probe.StartFailingTimerAsync(TimeSpan.FromSeconds(10));
        await probe.StartTimerAsync(TimeSpan.FromSeconds(20), "later");

        await engine.AdvanceAsync(TimeSpan.FromSeconds(20));
        await engine.Board.MarkedAsync("later");

        Assert.Equal(1, await probe.LifeAsync());
    }

    [Fact]
    public async Task Timers_are_turns()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        for (var number = 0; number < 100; number++)
        {
            await probe.StartTimerAsync(TimeSpan.FromSeconds(1), "due");
        }

        var counting = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => probe.CountAsync(steps: 100))));
        await engine.AdvanceAsync(TimeSpan.FromSeconds(1));
        await engine.Board.MarkedAsync("due", times: 100);
        await counting;

        Assert.False(await probe.OverlappedAsync());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(60_001)]
    public async Task A_timer_outside_of_one_minute_is_refused(int milliseconds)
    {
        await using var engine = await StartEngineAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => engine.Probe("a").StartTimerAsync(TimeSpan.FromMilliseconds(milliseconds), "never"));
    }

    [Fact]
    public async Task Work_runs_outside_while_the_actor_serves_others_and_comes_back_in_a_turn()
    {
        await using var engine = await StartEngineAsync();
        var probe = engine.Probe("a");
        var works = Enumerable.Range(0, 20).Select(number => probe.RunOutsideAsync($"work{number}")).ToList();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => engine.Board.MarkedAsync($"outside:work{number}")));

        var counting = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => probe.CountAsync(steps: 50))));
        for (var number = 0; number < 20; number++)
        {
            await probe.MarkAsync($"work{number}", CancellationToken.None);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"work{number}"), await Task.WhenAll(works));
        await counting;
        Assert.False(await probe.OverlappedAsync());
    }
}
