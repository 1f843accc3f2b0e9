namespace OrleansScheduler.Testing;

/// <summary>A clock that stands still until a test moves it; the one driver of time of that test.</summary>
/// <remarks>
/// Timers fire on the thread that advances, in the order of their due instants (ties: in the order in which they were
/// armed), each while the clock shows its own due instant. It drives <see cref="Task.Delay(TimeSpan, TimeProvider)"/>,
/// <see cref="PeriodicTimer"/> and <see cref="CancellationTokenSource"/> alike.
/// </remarks>
public sealed class FakeTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<FakeTimer> _armed = new(FakeTimer.ByDue);
    private readonly List<ArmedWait> _waits = [];
    private DateTimeOffset _epoch;
    private TimeSpan _elapsed;
    private long _armings;
    private bool _advancing;
    private string? _givenUp;

    /// <summary>Starts the clock.</summary>
    /// <param name="start">What it shows at first.</param>
    public FakeTime(DateTimeOffset start) => _epoch = start.ToUniversalTime();

    /// <summary>Starts the clock at 2026-01-05T00:00Z, a Monday.</summary>
    public FakeTime()
        : this(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due, or null when none is armed.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _armed.Min is { } next ? _epoch + next.Due : null;
            }
        }
    }

    /// <summary>How many timers are armed.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _epoch + _elapsed;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on and fires what comes due.</summary>
    /// <param name="span">Zero or more; with zero, timers that are due now fire.</param>
    /// <exception cref="InvalidOperationException">Somebody else is moving the clock.</exception>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        TimeSpan end;
        lock (_gate)
        {
            if (_advancing)
            {
                throw new InvalidOperationException("The clock is being moved already; it has one driver.");
            }

            _advancing = true;
            end = _elapsed + span;
        }

        try
        {
            while (TakeDue(end) is { } timer)
            {
                timer.Fire();
            }
        }
        finally
        {
            lock (_gate)
            {
                _advancing = false;
            }
        }
    }

    /// <summary>Moves the clock on to an instant and fires what comes due.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant has passed.</exception>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>Shifts the wall clock, as an administrator does; timers and timestamps do not notice.</summary>
    /// <param name="span">Forwards, or backwards when negative.</param>
    public void ShiftWallClock(TimeSpan span)
    {
        lock (_gate)
        {
            _epoch += span;
        }
    }

    /// <summary>Completes with its due instant when the next timer is armed. Ask before triggering what arms it.</summary>
    public Task<DateTimeOffset> NextArmedAsync() => WaitFor(new ArmedWait(null));

    /// <summary>Completes when a timer is armed for exactly that instant; at once when there is one.</summary>
    public Task<DateTimeOffset> ArmedForAsync(DateTimeOffset due)
    {
        lock (_gate)
        {
            return _armed.Any(timer => _epoch + timer.Due == due) ? Task.FromResult(due) : WaitFor(new ArmedWait(due));
        }
    }

    /// <summary>Whoever waits for a timer, now or later, waits no longer and fails: the time of the test is over.</summary>
    /// <param name="reason">Why.</param>
    public void GiveUp(string reason)
    {
        lock (_gate)
        {
            _givenUp = reason;
            foreach (ArmedWait wait in _waits)
            {
                wait.SetException(new TimeoutException($"{reason} No timer was armed for {wait.Due?.ToString("O") ?? "any instant"}."));
            }

            _waits.Clear();
        }
    }

    /// <summary>Arms or, with an infinite due time, disarms a timer.</summary>
    internal void Arm(FakeTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = _elapsed + dueTime;
            timer.Ordinal = _armings++;
            _armed.Add(timer);
            var due = _epoch + timer.Due;
            foreach (var wait in _waits.FindAll(wait => wait.Due is null || wait.Due == due))
            {
                _waits.Remove(wait);
                wait.SetResult(due);
            }
        }
    }

    private Task<DateTimeOffset> WaitFor(ArmedWait wait)
    {
        lock (_gate)
        {
            if (_givenUp is not null)
            {
                wait.SetException(new TimeoutException(_givenUp));
                return wait.Task;
            }

            _waits.Add(wait);
            return wait.Task;
        }
    }

    private FakeTimer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            if (_armed.Min is not { } next || next.Due > end)
            {
                _elapsed = end;
                return null;
            }

            _armed.Remove(next);
            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            return next;
        }
    }

    private sealed class ArmedWait(DateTimeOffset? due)
        : TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        internal DateTimeOffset? Due { get; } = due;
    }
}
