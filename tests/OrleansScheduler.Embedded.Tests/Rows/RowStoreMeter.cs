using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Tests.Rows;

/// <summary>Counts the calls of journals of a <see cref="RowStore"/>, and knows those under way.</summary>
internal sealed class RowStoreMeter
{
    private readonly Lock _gate = new();
    private readonly List<Task> _open = [];
    private long _appends;
    private long _entries;
    private long _bytes;
    private bool _isClosed;
    private bool _isDegraded;
    private StoreFailure? _failure;

    /// <summary>The counters of the rows with those of the journals.</summary>
    public StoreStatistics Over(StoreStatistics rows)
    {
        lock (_gate)
        {
            return rows with
            {
                Appends = _appends,
                Entries = _entries,
                BytesAcknowledged = _bytes,
                BytesWritten = rows.BytesAcknowledged,
                IsDegraded = _isDegraded,
                LastFailure = _failure,
            };
        }
    }

    /// <exception cref="SchedulerException"><c>stopping</c>.</exception>
    public void ThrowIfClosed()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw StoreRefusal.Closed();
            }
        }
    }

    /// <summary>Notes a call that closing waits for.</summary>
    public void Track(Task call)
    {
        if (!call.IsCompleted)
        {
            lock (_gate)
            {
                _open.RemoveAll(one => one.IsCompleted);
                _open.Add(call);
            }
        }
    }

    /// <summary>Nothing new begins; completes, perhaps with their failures, when nothing is under way.</summary>
    public Task Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return Task.WhenAll(_open);
        }
    }

    public void Succeeded(StorageSite site, int entries, long bytes)
    {
        if (site != StorageSite.JournalLoad)
        {
            lock (_gate)
            {
                _appends += site == StorageSite.AppendBefore ? 1 : 0;
                _entries += entries;
                _bytes += bytes;
                _isDegraded = false;
            }
        }
    }

    // A conflict is an answer, not a failure; so it is in the other stores.
    public void Failed(StorageSite site, SchedulerException failure, DateTimeOffset at)
    {
        if (site != StorageSite.JournalLoad && failure.Code != ErrorCodes.JournalConflict)
        {
            lock (_gate)
            {
                _isDegraded = true;
                _failure = new StoreFailure(failure.Code, failure.Message, at);
            }
        }
    }
}
