using OrleansScheduler.Engine;

namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>Named states that count what is written to them.</summary>
internal sealed class CountedRows(IStateStorage rows, ByteCounts counts) : IStateStorage
{
    public Task<StoredState?> ReadAsync(string name, CancellationToken cancellation) => rows.ReadAsync(name, cancellation);

    public async Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation)
    {
        var etag = await rows.WriteAsync(name, content, expectedETag, cancellation);
        counts.RowWritten(content.Length);
        return etag;
    }

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation) => rows.ClearAsync(name, expectedETag, cancellation);
}
