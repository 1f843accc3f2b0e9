using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>Rows that several threads may use at once.</summary>
internal sealed class SharedRows : IStateStorage
{
    private readonly Lock _gate = new();
    private readonly FaultyRows _rows = new();

    public Task<StoredState?> ReadAsync(string name, CancellationToken cancellation) => AloneAsync(() => _rows.ReadAsync(name, cancellation));

    public Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation) =>
        AloneAsync(() => _rows.WriteAsync(name, content, expectedETag, cancellation));

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation) => _rows.ClearAsync(name, expectedETag, cancellation);

    // Every call of the rows completes at once, but others get their turn between two calls.
    private async Task<T> AloneAsync<T>(Func<Task<T>> call)
    {
        await Task.Yield();
        Task<T> done;
        lock (_gate)
        {
            done = call();
        }

        return await done;
    }
}
