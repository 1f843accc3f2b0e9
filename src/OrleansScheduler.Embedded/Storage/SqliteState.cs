using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The named states of one actor.</summary>
internal sealed class SqliteState(SqliteStore store, string kind, string key) : IStateStorage
{
    public Task<StoredState?> ReadAsync(string name, CancellationToken cancellation)
    {
        StoreLimits.CheckName(name);
        return store.ReadAsync(session => Read(session, name), StorageSite.StateRead, kind, key, cancellation);
    }

    public async Task<string> WriteAsync(
        string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation)
    {
        StoreLimits.CheckName(name);
        StoreLimits.CheckContent(content);

        // The seed is known only with the ETag; the writer seals the payload.
        var payload = BlobFormat.Encode(seed: 0, content.Span);
        var operation = new StateOperation(kind, key, name, payload, expectedETag);
        await store.WriteAsync(operation, cancellation);
        return operation.ETag;
    }

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation)
    {
        StoreLimits.CheckName(name);
        ArgumentNullException.ThrowIfNull(expectedETag);
        return store.WriteAsync(new StateOperation(kind, key, name, payload: null, expectedETag), cancellation);
    }

    private StoredState? Read(ReadSession session, string name)
    {
        try
        {
            if (!session.State.Bind(1, kind).Bind(2, key).Bind(3, name).Step())
            {
                return null;
            }

            var etag = session.State.Text(0);
            var payload = session.State.Blob(1).ToArray();
            var seed = BlobFormat.StateSeed(Checksum.Of(kind, key), name, etag);
            return BlobFormat.Damage(seed, payload) is { } damage
                ? throw new CorruptStateException($"{kind}/{key}", $"state {name}", damage)
                : new StoredState(payload.AsMemory(BlobFormat.HeaderBytes), etag);
        }
        catch (DatabaseException exception) when (exception.IsCorrupt)
        {
            throw new CorruptStateException($"{kind}/{key}", $"state {name}", exception.Message);
        }
    }
}
