using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage;

/// <summary>Decides when a journal is worth a snapshot, and writes the pages that changed.</summary>
/// <remarks>
/// Pages are cut from the state of one turn and written when every entry that they contain is durable. A failed write costs
/// nobody an answer: the pages stay here, newer ones replace them, and the next group tries again.
/// A snapshot is due when the entries since the last one are as long as what it would write. So storage writes at most about
/// two bytes for each byte of entries, and a load reads at most about as many bytes of entries as of pages. A smaller share of
/// entries would shorten loads, but small changes all over a large state would be written many times over: each of them
/// changes another page. Where few pages change again and again, a snapshot is cheap and follows early.
/// </remarks>
internal sealed class SnapshotCutter<TState, TEntry>(IJournalStorage storage, TState state, JournalOptions options)
    where TState : IJournaledState<TEntry>
{
    private readonly Dictionary<string, JournalPage> _unwritten = new(StringComparer.Ordinal);
    private long _bytesSince;
    private long _bytesOfLast;
    private long _retryAt;
    private long? _cutAt;
    private long? _truncateAt;

    public bool IsDue => _cutAt is null && _bytesSince > Worth;

    /// <summary>
    /// At an orderly end a quarter of the usual amount is worth it: nobody waits, and the next load is shorter. But the end
    /// has a time limit, so there is none that writes very much.
    /// </summary>
    public bool IsWorthwhileAtRest => _cutAt is null && Cost <= options.RestBytesMax && _bytesSince > Worth / 4;

    /// <summary>True while storage keeps entries that its pages stand for. The next writing tries again to give them up.</summary>
    public bool OwesTruncation => _truncateAt is not null;

    private long Worth => Math.Max(options.SnapshotBytesMin, Cost);

    private long Cost => state.ChangedBytes ?? _bytesOfLast;

    /// <summary>What storage held: a state that cannot tell what it would write has written all of its pages the last time.</summary>
    public void Loaded(long pageBytes, long entryBytes) => (_bytesOfLast, _bytesSince) = (pageBytes, entryBytes);

    public void Appended(long bytes) => _bytesSince += bytes;

    /// <summary>Takes the changed pages of the present state, which stands at <paramref name="position"/>.</summary>
    public void Cut(long position)
    {
        long bytes = 0;
        state.WriteChangedPages((name, content) =>
        {
            byte[]? framed = content is null ? null : Frame.Seal(options.WritesNewestFormats ? SnapshotFormat.Newest : SnapshotFormat.Previous, content);

            // Spelled out: a bare null would convert to empty content, which is not removal.
            _unwritten[name] = new JournalPage(name, framed is null ? (ReadOnlyMemory<byte>?)null : framed);
            bytes += framed?.Length ?? 0;
        });
        _cutAt = position;
        _bytesOfLast = bytes;
        _bytesSince = 0;
        _retryAt = 0;
    }

    /// <summary>Writes what was cut, once <paramref name="durable"/> has reached it, and gives up the entries under it.</summary>
    /// <returns>True when nothing of it is left to do.</returns>
    public async Task<bool> WriteAsync(long durable)
    {
        try
        {
            if (_cutAt is { } position && durable >= position && _bytesSince >= _retryAt)
            {
                await storage.WritePagesAsync(position, [.. _unwritten.Values], CancellationToken.None);
                _unwritten.Clear();
                (_cutAt, _truncateAt) = (null, position);
            }

            if (_truncateAt is { } covered)
            {
                await storage.TruncateAsync(covered, CancellationToken.None);
                _truncateAt = null;
            }
        }
        catch (StorageException fault) when (fault.Code != ErrorCodes.JournalConflict)
        {
            _retryAt = _bytesSince + options.SnapshotBytesMin;
        }

        return _cutAt is null && _truncateAt is null;
    }
}
