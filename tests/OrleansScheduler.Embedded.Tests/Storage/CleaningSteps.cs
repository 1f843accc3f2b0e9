using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Tells a test of every cleaning step, and lets one fail.</summary>
internal sealed class CleaningSteps : IStorageFaults, IDisposable
{
    private readonly SemaphoreSlim _done = new(0);
    private readonly SemaphoreSlim _failed = new(0);
    private int _failures;

    public Task NextAsync(CancellationToken cancellation) => _done.WaitAsync(cancellation);

    public Task FailedAsync(CancellationToken cancellation) => _failed.WaitAsync(cancellation);

    /// <summary>The next step fails.</summary>
    public void FailOnce() => Volatile.Write(ref _failures, 1);

    public ValueTask AtAsync(StorageSite site, string kind, string key)
    {
        if (site == StorageSite.CleanAfter)
        {
            _done.Release();
        }
        else if (site == StorageSite.Clean && Interlocked.Exchange(ref _failures, 0) == 1)
        {
            _failed.Release();
            throw ScriptedFaults.Exception;
        }

        return default;
    }

    public void Dispose()
    {
        _done.Dispose();
        _failed.Dispose();
    }
}
