using OrleansScheduler.Testing;

namespace OrleansScheduler.Simulation.Running;

/// <summary>The clock as one process sees it: its timers end with it.</summary>
internal sealed class ProcessTime(FakeTime shared, ProcessTurns process) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => shared.LocalTimeZone;

    public override long TimestampFrequency => shared.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => shared.GetUtcNow();

    public override long GetTimestamp() => shared.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Mortal(process, callback, state);
        timer.Inner = shared.CreateTimer(static mortal => ((Mortal)mortal!).Fire(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Mortal(ProcessTurns process, TimerCallback callback, object? state) : ITimer
    {
        public ITimer? Inner { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !process.IsOver && Inner!.Change(dueTime, period);

        public void Fire()
        {
            if (process.IsOver)
            {
                Inner!.Dispose();
            }
            else
            {
                callback(state);
            }
        }

        public void Dispose() => Inner!.Dispose();

        public ValueTask DisposeAsync() => Inner!.DisposeAsync();
    }
}
