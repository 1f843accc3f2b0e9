using Orleans.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Storage;

/// <summary>The named states of one actor, in Orleans grain storage.</summary>
/// <remarks>
/// A row is addressed by a state name that contains the kind and by a storage key that is another one for every key: some stock
/// providers keep no class, and read keys that look like numbers as numbers.
/// </remarks>
internal sealed class GrainRows : IStateStorage
{
    private const int NameCharactersMax = 100;
    private const int ContentBytesMax = 64 << 20;

    private readonly IGrainStorage _storage;
    private readonly GrainId _id;
    private readonly string _actor;
    private readonly string _prefix;

    /// <param name="storage">The provider.</param>
    /// <param name="kind">The kind of the actor.</param>
    /// <param name="key">Its key.</param>
    /// <param name="prefix">What the stored names begin with; names have to contain the kind, with it or by themselves.</param>
    public GrainRows(IGrainStorage storage, string kind, string key, string prefix)
    {
        _storage = storage;
        _id = GrainId.Create($"scheduler.{kind}", StorageKeys.Of(key));
        _actor = $"{kind}/{key}";
        _prefix = prefix;
    }

    public async Task<StoredState?> ReadAsync(string name, CancellationToken cancellation)
    {
        var state = new GrainState<StoredBytes>(new StoredBytes());
        await CallAsync(name, stored => _storage.ReadStateAsync(stored, _id, state)).WaitAsync(cancellation);
        return state is { RecordExists: true, ETag: { } etag, State.Content: { } content } ? new StoredState(content, etag) : null;
    }

    public async Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(content.Length, ContentBytesMax, nameof(content));
        var state = new GrainState<StoredBytes>(new StoredBytes { Content = content.ToArray() }, expectedETag) { RecordExists = expectedETag is not null };
        await CallAsync(name, stored => _storage.WriteStateAsync(stored, _id, state)).WaitAsync(cancellation);
        return state.ETag ?? throw new StorageException(ErrorCodes.StorageFailed, $"Grain storage gave no ETag for {_actor} {name}.");
    }

    public async Task ClearAsync(string name, string expectedETag, CancellationToken cancellation)
    {
        var state = new GrainState<StoredBytes>(new StoredBytes(), expectedETag) { RecordExists = true };
        await CallAsync(name, stored => _storage.ClearStateAsync(stored, _id, state)).WaitAsync(cancellation);
    }

    private async Task CallAsync(string name, Func<string, Task> call)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameCharactersMax, nameof(name));
        try
        {
            await call(_prefix + name);
        }
        catch (InconsistentStateException lost)
        {
            throw new StorageException(
                ErrorCodes.JournalConflict, $"{_actor} {name} is not as this activation knows it: another wrote.", isTransient: false, lost);
        }
        catch (Exception fault) when (fault is not SchedulerException)
        {
            throw new StorageException(ErrorCodes.StorageFailed, $"Grain storage failed for {_actor} {name}: {fault.Message}", inner: fault);
        }
    }
}
