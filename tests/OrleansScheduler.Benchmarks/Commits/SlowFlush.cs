using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>A disk whose flushes take longer, for both sides.</summary>
/// <remarks>It blocks the writing thread, as a flush does. A timer would need a thread of the pool to end the wait, which is
/// what the callers run on. Flushes of checkpoints stay as they are.</remarks>
internal sealed class SlowFlush(TimeSpan delay) : IStorageFaults
{
    private readonly ManualResetEvent _never = new(initialState: false);

    public ValueTask AtAsync(StorageSite site, string kind, string key)
    {
        if (site == StorageSite.CommitBefore)
        {
            Pass();
        }

        return default;
    }

    public void Pass()
    {
        if (delay > TimeSpan.Zero)
        {
            _never.WaitOne(delay);
        }
    }
}
