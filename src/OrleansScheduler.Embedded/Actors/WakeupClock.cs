using System.Collections.Immutable;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>Knows every wake-up of the deployment and fires each when it is due, until its actor removes or replaces it.</summary>
/// <remarks>The timer looks again at least once a minute, so that a jump of the wall clock delays nothing by more.</remarks>
internal sealed class WakeupClock : IDisposable
{
    private const int PageMax = 10_000;

    private static readonly TimeSpan PauseMin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, string Key), WakeupEntry> _entries = [];
    private readonly SortedSet<WakeupEntry> _waiting = new(WakeupEntry.ByDue);
    private readonly IWakeupStore _store;
    private readonly TimeProvider _time;
    private readonly int _concurrentMax;
    private readonly Func<string, bool> _wakesAtStart;
    private readonly Action<WakeupEntry> _fire;
    private readonly ITimer _timer;
    private long _ordinal;
    private int _underWay;
    private bool _stopped;

    /// <param name="store">Where wake-ups outlive the process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="concurrentMax">How many may be under way at once.</param>
    /// <param name="wakesAtStart">Whether what is stored for a kind fires at the start, whenever it is due.</param>
    /// <param name="fire">Wakes the actor and then calls <see cref="Complete"/>.</param>
    internal WakeupClock(IWakeupStore store, TimeProvider time, int concurrentMax, Func<string, bool> wakesAtStart, Action<WakeupEntry> fire)
    {
        _store = store;
        _time = time;
        _concurrentMax = concurrentMax;
        _wakesAtStart = wakesAtStart;
        _fire = fire;
        _timer = time.CreateTimer(static clock => ((WakeupClock)clock!).FireDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Loads what is stored. What is due within a minute, or of a kind that owes something, fires at once.</summary>
    internal async Task StartAsync(CancellationToken cancellation)
    {
        StoredWakeup? last = null;
        ImmutableArray<StoredWakeup> page;
        do
        {
            page = await _store.ListWakeupsAsync(last, PageMax, cancellation);
            Load(page);
            FireDue();
            last = page.LastOrDefault();
        }
        while (page.Length == PageMax);
    }

    /// <summary>Sets or, with null, clears the wake-up of an actor, first in the store.</summary>
    internal async Task SetAsync(string kind, string key, DateTimeOffset? due, CancellationToken cancellation)
    {
        await (due is { } instant
            ? _store.SetWakeupAsync(kind, key, instant, cancellation)
            : _store.ClearWakeupAsync(kind, key, cancellation));
        lock (_gate)
        {
            Replace((kind, key), due);
        }

        FireDue();
    }

    /// <summary>Called when a wake-up that was fired is over.</summary>
    /// <param name="entry">What was fired.</param>
    /// <param name="failed">True when the actor could not be woken or threw; the next pause is longer.</param>
    internal void Complete(WakeupEntry entry, bool failed)
    {
        lock (_gate)
        {
            _underWay--;
            if (!_stopped && _entries.GetValueOrDefault(entry.Address) == entry)
            {
                entry.Failures = failed ? entry.Failures + 1 : 0;
                var pause = PauseMin * Math.Pow(2, Math.Clamp(entry.Failures - 1, 0, 10));
                entry.Due = _time.GetUtcNow() + (pause < PauseMax ? pause : PauseMax);
                _waiting.Add(entry);
            }
        }

        FireDue();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _waiting.Clear();
        }

        _timer.Dispose();
    }

    private void Load(ImmutableArray<StoredWakeup> page)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            foreach (var wakeup in page)
            {
                var address = (wakeup.Kind, wakeup.Key);
                if (!_entries.ContainsKey(address))
                {
                    Replace(address, wakeup.Due <= now + PauseMin || _wakesAtStart(wakeup.Kind) ? now : wakeup.Due);
                }
            }
        }
    }

    private void Replace((string Kind, string Key) address, DateTimeOffset? due)
    {
        if (_entries.Remove(address, out var present))
        {
            _waiting.Remove(present);
        }

        if (due is { } instant && !_stopped)
        {
            var entry = new WakeupEntry(address, _ordinal++, instant);
            _entries.Add(address, entry);
            _waiting.Add(entry);
        }
    }

    private void FireDue()
    {
        ImmutableArray<WakeupEntry> due;
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            due = TakeDue();
            if (_waiting.Min is { } next && _underWay < _concurrentMax)
            {
                var wait = next.Due - _time.GetUtcNow();
                _timer.Change(wait < PauseMin ? TimeSpan.FromTicks(Math.Max(wait.Ticks, 1)) : PauseMin, Timeout.InfiniteTimeSpan);
            }
        }

        foreach (var entry in due)
        {
            _fire(entry);
        }
    }

    private ImmutableArray<WakeupEntry> TakeDue()
    {
        var due = ImmutableArray.CreateBuilder<WakeupEntry>();
        var now = _time.GetUtcNow();
        while (_underWay < _concurrentMax && _waiting.Min is { } next && next.Due <= now)
        {
            _waiting.Remove(next);
            _underWay++;
            due.Add(next);
        }

        return due.ToImmutable();
    }
}
