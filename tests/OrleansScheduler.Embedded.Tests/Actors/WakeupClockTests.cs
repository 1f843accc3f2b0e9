using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Testing;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>When wake-ups fire, and fire again.</summary>
public sealed class WakeupClockTests
{
    private readonly FakeTime _time = new();
    private readonly List<WakeupEntry> _fired = [];
    private readonly MemoryStore _store;
    private readonly DateTimeOffset _start;

    public WakeupClockTests()
    {
        _store = new MemoryStore(MemoryImage.Empty, NoFaults.Instance, _time);
        _start = _time.GetUtcNow();
    }

    [Fact]
    public async Task An_actor_that_leaves_its_wakeup_alone_is_woken_again_a_minute_later()
    {
        using var clock = Create();
        await clock.SetAsync("k", "a", _start.AddHours(1), CancellationToken.None);
        _time.AdvanceTo(_start.AddHours(1));
        clock.Complete(Assert.Single(_fired), failed: false);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(_fired);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _fired.Count);
    }

    [Fact]
    public async Task Pauses_after_failures_grow_up_to_10_minutes_and_shrink_after_success()
    {
        using var clock = Create();
        await clock.SetAsync("k", "a", _start, CancellationToken.None);
        var pauses = new List<double>();
        foreach (var failed in (bool[])[true, true, true, true, true, true, false])
        {
            clock.Complete(_fired[^1], failed);
            var before = _time.GetUtcNow();
            var count = _fired.Count;
            while (_fired.Count == count)
            {
                _time.AdvanceTo(_time.NextDue!.Value);
            }

            pauses.Add((_time.GetUtcNow() - before).TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 10, 10, 1], pauses);
    }

    [Fact]
    public async Task A_wakeup_set_while_it_is_under_way_counts()
    {
        using var clock = Create();
        await clock.SetAsync("k", "a", _start, CancellationToken.None);

        await clock.SetAsync("k", "a", _start.AddMinutes(30), CancellationToken.None);
        clock.Complete(_fired[0], failed: false);
        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.Single(_fired);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, _fired.Count);
    }

    [Fact]
    public async Task No_more_than_the_limit_are_under_way()
    {
        using var clock = Create(concurrentMax: 2);
        for (var number = 0; number < 5; number++)
        {
            await clock.SetAsync("k", $"{number}", _start.AddMinutes(5), CancellationToken.None);
        }

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["0", "1"], _fired.Select(entry => entry.Address.Key));
        clock.Complete(_fired[0], failed: false);
        clock.Complete(_fired[1], failed: false);

        Assert.Equal(["0", "1", "2", "3"], _fired.Select(entry => entry.Address.Key));
    }

    [Fact]
    public async Task A_start_fires_what_is_due_within_a_minute()
    {
        await _store.SetWakeupAsync("k", "overdue", _start.AddDays(-1), CancellationToken.None);
        await _store.SetWakeupAsync("k", "soon", _start.AddMinutes(1), CancellationToken.None);
        await _store.SetWakeupAsync("k", "later", _start.AddMinutes(1.1), CancellationToken.None);
        using var clock = Create();

        await clock.StartAsync(CancellationToken.None);

        Assert.Equal(["overdue", "soon"], _fired.Select(entry => entry.Address.Key).Order());
        _time.Advance(TimeSpan.FromMinutes(1.1));
        Assert.Equal("later", _fired[^1].Address.Key);
    }

    [Fact]
    public async Task A_start_fires_what_is_owed_even_if_the_clock_was_set_back()
    {
        await _store.SetWakeupAsync("owes", "a", _start.AddHours(1), CancellationToken.None);
        await _store.SetWakeupAsync("k", "later", _start.AddHours(1), CancellationToken.None);
        using var clock = Create();

        await clock.StartAsync(CancellationToken.None);

        Assert.Equal("a", Assert.Single(_fired).Address.Key);
    }

    [Fact]
    public async Task A_jump_of_the_wall_clock_delays_nothing_by_more_than_a_minute()
    {
        using var clock = Create();
        await clock.SetAsync("k", "a", _start.AddHours(5), CancellationToken.None);

        _time.ShiftWallClock(TimeSpan.FromHours(5));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(_fired);
    }

    [Fact]
    public async Task A_write_that_fails_changes_nothing()
    {
        using var clock = Create();
        await clock.SetAsync("k", "a", _start.AddHours(1), CancellationToken.None);
        await _store.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => clock.SetAsync("k", "a", null, CancellationToken.None));

        _time.AdvanceTo(_start.AddHours(1));
        Assert.Single(_fired);
    }

    private WakeupClock Create(int concurrentMax = 64) => new(_store, _time, concurrentMax, kind => kind == "owes", _fired.Add);
}
