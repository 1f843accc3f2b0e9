using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>A disk whose flushes take longer, for both sides.</summary>
/// <remarks>It blocks the writing thread, as a flush does. A timer would need a thread of the pool to end the wait, which is
/// what the callers run on. Flushes of checkpoints stay as they are.</remarks>
/// <param name="delay">What is added; zero for the disk as it is.</param>
/// <param name="time">Measures what was really added.</param>
internal sealed class SlowFlush(TimeSpan delay, TimeProvider time) : IStorageFaults
{
    private readonly ManualResetEvent _never = new(initialState: false);
    private long _ticks;
    private long _flushes;

    /// <summary>What was added on average, in milliseconds.</summary>
    public double AddedMilliseconds => _flushes == 0 ? 0 : (double)_ticks / _flushes * 1_000 / time.TimestampFrequency;

    public ValueTask AtAsync(StorageSite site, string kind, string key)
    {
        if (site == StorageSite.CommitBefore)
        {
            Pass();
        }

        return default;
    }

    /// <summary>Called before each commit, by one thread of each side.</summary>
    public void Pass()
    {
        if (delay > TimeSpan.Zero)
        {
            var started = time.GetTimestamp();
            _never.WaitOne(delay);
            Interlocked.Add(ref _ticks, time.GetTimestamp() - started);
            Interlocked.Increment(ref _flushes);
        }
    }
}
