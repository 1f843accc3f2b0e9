using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>The faults of one life of a process. Once it has ended, no storage call of it is begun or acknowledged any more.</summary>
internal sealed class UntilCrash(IStorageFaults faults) : IStorageFaults
{
    private volatile bool _ended;

    public void End() => _ended = true;

    public ValueTask AtAsync(StorageSite site, string kind, string key) => _ended
        ? throw new StorageException(ErrorCodes.StorageFailed, "The process that asks is dead.")
        : faults.AtAsync(site, kind, key);
}
