using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage;

/// <summary>Decides when a journal is worth a snapshot, and writes the pages that changed.</summary>
/// <remarks>
/// Pages are cut from the state of one turn and written when every entry that they contain is durable. A failed write costs
/// nobody an answer: the pages stay here, newer ones replace them, and the next group tries again.
/// </remarks>
internal sealed class SnapshotCutter<TState, TEntry>(IJournalStorage storage, TState state, JournalOptions options)
    where TState : IJournaledState<TEntry>
{
    private readonly Dictionary<string, JournalPage> _unwritten = new(StringComparer.Ordinal);
    private long _bytesSince;
    private long _bytesOfLast;
    private long _retryAt;
    private long? _cutAt;

    public bool IsDue => _cutAt is null && _bytesSince > Math.Max(options.SnapshotBytesMin, _bytesOfLast);

    /// <summary>At an orderly end a quarter of the usual amount is worth it: nobody waits, and the next load is shorter.</summary>
    public bool IsWorthwhileAtRest => _cutAt is null && _bytesSince > Math.Max(options.SnapshotBytesMin, _bytesOfLast) / 4;

    public void Loaded(long snapshotPosition, long entryBytes)
    {
        _ = snapshotPosition;
        _bytesSince = entryBytes;
    }

    public void Appended(long bytes) => _bytesSince += bytes;

    /// <summary>Takes the changed pages of the present state, which stands at <paramref name="position"/>.</summary>
    public void Cut(long position)
    {
        long bytes = 0;
        state.WriteChangedPages((name, content) =>
        {
            byte[]? framed = content is null ? null : Frame.Seal(SnapshotFormat.Newest, content);

            // Spelled out: a bare null would convert to empty content, which is not removal.
            _unwritten[name] = new JournalPage(name, framed is null ? (ReadOnlyMemory<byte>?)null : framed);
            bytes += framed?.Length ?? 0;
        });
        _cutAt = position;
        _bytesOfLast = bytes;
        _bytesSince = 0;
        _retryAt = 0;
    }

    /// <summary>Writes what was cut, once <paramref name="durable"/> has reached it.</summary>
    public async Task WriteAsync(long durable)
    {
        if (_cutAt is not { } position || durable < position || _bytesSince < _retryAt)
        {
            return;
        }

        try
        {
            await storage.WritePagesAsync(position, [.. _unwritten.Values], CancellationToken.None);
            _unwritten.Clear();
            _cutAt = null;
            await storage.TruncateAsync(position, CancellationToken.None);
        }
        catch (StorageException fault) when (fault.Code != ErrorCodes.JournalConflict)
        {
            _retryAt = _bytesSince + options.SnapshotBytesMin;
        }
    }
}
