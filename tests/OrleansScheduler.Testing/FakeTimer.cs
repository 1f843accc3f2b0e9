namespace OrleansScheduler.Testing;

/// <summary>A timer of <see cref="FakeTime"/>.</summary>
internal sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _disposed;

    internal static IComparer<FakeTimer> ByDue { get; } = Comparer<FakeTimer>.Create(static (left, right) =>
        left.Due.CompareTo(right.Due) is var order and not 0 ? order : left.Ordinal.CompareTo(right.Ordinal));

    /// <summary>When it fires, since the start of the clock; constant while it is armed.</summary>
    internal TimeSpan Due { get; set; }

    /// <summary>Orders timers of one instant; constant while it is armed.</summary>
    internal long Ordinal { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        _period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
        time.Arm(this, dueTime);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        time.Arm(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Arms itself again if it is periodic, and calls back.</summary>
    internal void Fire()
    {
        if (_disposed)
        {
            return;
        }

        if (_period != Timeout.InfiniteTimeSpan)
        {
            time.Arm(this, _period);
        }

        callback(state);
    }
}
