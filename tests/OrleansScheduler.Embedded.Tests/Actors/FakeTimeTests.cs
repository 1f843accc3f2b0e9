using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>The clock of the tests.</summary>
public sealed class FakeTimeTests
{
    private readonly FakeTime _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_fire_in_order_at_their_instants()
    {
        var start = _time.GetUtcNow();
        Arm("c", 3);
        Arm("a", 1);
        Arm("b", 1);
        Arm("late", 5);

        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(["a@1", "b@1", "c@3"], _fired);
        Assert.Equal(start.AddSeconds(4), _time.GetUtcNow());
        Assert.Equal(start.AddSeconds(5), _time.NextDue);
    }

    [Fact]
    public void A_timer_armed_by_a_timer_fires_in_the_same_advance()
    {
        using var timer = _time.CreateTimer(_ => Arm("b", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["b@2"], _fired);
    }

    [Fact]
    public void Periodic_timers_repeat_until_disposed()
    {
        var timer = _time.CreateTimer(_ => _fired.Add("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(5));
        timer.Dispose();

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(3, _fired.Count);
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public async Task Delays_periodic_timers_and_cancellation_follow_it()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(3), _time);
        using var periodic = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        var delay = Task.Delay(TimeSpan.FromSeconds(2), _time);
        var tick = periodic.WaitForNextTickAsync();

        _time.Advance(TimeSpan.FromSeconds(2));
        await delay;
        Assert.True(await tick);
        Assert.False(source.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public async Task A_test_can_wait_for_a_timer_to_be_armed()
    {
        var any = _time.NextArmedAsync();
        var exact = _time.ArmedForAsync(_time.GetUtcNow().AddSeconds(2));

        Arm("a", 1);
        Assert.Equal(_time.GetUtcNow().AddSeconds(1), await any);
        Assert.False(exact.IsCompleted);
        Arm("b", 2);

        await exact;
        await _time.ArmedForAsync(_time.GetUtcNow().AddSeconds(1));
    }

    [Fact]
    public void A_shift_of_the_wall_clock_moves_no_timer_and_no_timestamp()
    {
        var start = _time.GetUtcNow();
        Arm("a", 1);
        var stamp = _time.GetTimestamp();

        _time.ShiftWallClock(TimeSpan.FromHours(-1));

        Assert.Equal(stamp, _time.GetTimestamp());
        Assert.Equal(start.AddHours(-1), _time.GetUtcNow());
        Assert.Empty(_fired);
    }

    private void Arm(string name, int seconds)
    {
        var stamp = 0L;
        _time.CreateTimer(
            _ => _fired.Add($"{name}@{_time.GetElapsedTime(stamp).TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }
}
