using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>The named states of one actor as they were at an instant; what <see cref="GrainRows"/> are of the present.</summary>
/// <param name="reads">Reads the rows.</param>
/// <param name="key">The key of the actor.</param>
/// <param name="prefix">What the stored names begin with.</param>
internal sealed class InstantRows(RowReads reads, string key, string prefix) : IStateStorage
{
    private readonly string _key = StorageKeys.Of(key);

    public Task<StoredState?> ReadAsync(string name, CancellationToken cancellation) => reads.ReadAsync(_key, prefix + name);

    public Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation) => throw Past();

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation) => throw Past();

    private static NotSupportedException Past() => new("An instant that is over does not change.");
}
