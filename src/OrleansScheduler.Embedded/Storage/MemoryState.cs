using System.Globalization;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The named states of one actor in a <see cref="MemoryStore"/>.</summary>
internal sealed class MemoryState(MemoryStore store, string kind, string key) : IStateStorage
{
    public async Task<StoredState?> ReadAsync(string name, CancellationToken cancellation)
    {
        StoreLimits.CheckName(name);
        await store.PassReadAsync(StorageSite.StateRead, kind, key, cancellation);
        return store.Snapshot().States.GetValueOrDefault((kind, key, name));
    }

    public async Task<string> WriteAsync(
        string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation)
    {
        StoreLimits.CheckName(name);
        StoreLimits.CheckContent(content);
        ReadOnlyMemory<byte> copy = content.ToArray();
        var etag = "";
        await store.WriteAsync(StorageSite.StateWriteBefore, StorageSite.StateWriteAfter, kind, key, Put, cancellation);
        return etag;

        MemoryChange Put(MemoryImage image)
        {
            etag = (image.LastETag + 1).ToString(CultureInfo.InvariantCulture);
            return Change(image, name, expectedETag, new StoredState(copy, etag));
        }
    }

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation)
    {
        StoreLimits.CheckName(name);
        ArgumentNullException.ThrowIfNull(expectedETag);
        return store.WriteAsync(
            StorageSite.StateWriteBefore, StorageSite.StateWriteAfter, kind, key,
            image => Change(image, name, expectedETag, next: null), cancellation);
    }

    private MemoryChange Change(MemoryImage image, string name, string? expectedETag, StoredState? next)
    {
        if (image.States.GetValueOrDefault((kind, key, name))?.ETag != expectedETag)
        {
            return new MemoryChange(image, StoreRefusal.ETagConflict(kind, key, name));
        }

        var counters = image.Statistics;
        return new MemoryChange(image.With(
            states: next is null ? image.States.Remove((kind, key, name)) : image.States.SetItem((kind, key, name), next),
            statistics: counters with { BytesAcknowledged = counters.BytesAcknowledged + (next?.Content.Length ?? 0) },
            lastETag: image.LastETag + 1));
    }
}
