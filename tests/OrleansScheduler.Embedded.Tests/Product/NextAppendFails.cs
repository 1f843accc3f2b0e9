using System.Collections.Concurrent;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>Lets single storage calls of named actors fail, such as appends, before or after they landed.</summary>
internal sealed class NextAppendFails : IStorageFaults
{
    private readonly ConcurrentDictionary<(StorageSite Site, string Kind, string Key), bool> _armed = [];

    public void Arm(string kind, string key, bool lands) => _armed[(lands ? StorageSite.AppendAfter : StorageSite.AppendBefore, kind, key)] = true;

    /// <summary>The next call at a site for one actor throws.</summary>
    public void Arm(StorageSite site, string kind, string key) => _armed[(site, kind, key)] = true;

    public void Disarm() => _armed.Clear();

    public ValueTask AtAsync(StorageSite site, string kind, string key) => _armed.TryRemove((site, kind, key), out _)
        ? throw new StorageException(ErrorCodes.StorageFailed, "Told to fail.")
        : default;
}
