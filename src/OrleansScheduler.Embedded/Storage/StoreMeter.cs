using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Counts what the writer does. One thread counts; readers of <see cref="Read"/> see one moment.</summary>
internal sealed class StoreMeter(TimeProvider time, SqliteStoreOptions options)
{
    private const long Idle = long.MinValue;

    private long _appends;
    private long _entries;
    private long _groups;
    private long _bytesAcknowledged;
    private long _bytesWritten;
    private long _cleanings;
    private bool _isDegraded;
    private StoreFailure? _lastFailure;
    private StoreFailure? _finding;
    private volatile StoreStatistics _latest = StoreStatistics.Empty;

    /// <summary>When the transaction under way began, as a timestamp; <see cref="Idle"/> while there is none.</summary>
    private long _begun = Idle;

    /// <summary>The counters as they were published last, with what only this moment tells.</summary>
    public StoreStatistics Read(int waiting)
    {
        var begun = Volatile.Read(ref _begun);
        TimeSpan? age = begun == Idle ? null : time.GetElapsedTime(begun);
        return _latest with { Waiting = waiting, UnderWay = age, IsSlow = age > options.SlowAfter };
    }

    /// <summary>The writer is busy from here on.</summary>
    public void Begin() => Volatile.Write(ref _begun, time.GetTimestamp());

    /// <summary>The writer has nothing under way.</summary>
    public void End() => Volatile.Write(ref _begun, Idle);

    public void Acknowledged(WriteOperation operation)
    {
        _bytesAcknowledged += operation.Bytes;
        if (operation.Entries > 0)
        {
            _appends++;
            _entries += operation.Entries;
        }
    }

    public void Committed()
    {
        _groups++;
        if (_isDegraded)
        {
            StoreLog.Recovered(options.Logger, options.Folder);
        }

        _isDegraded = false;
    }

    public void Cleaned() => _cleanings++;

    public void Written(long bytes) => _bytesWritten += bytes;

    public void Failed(SchedulerException failure)
    {
        if (!_isDegraded)
        {
            StoreLog.Degraded(options.Logger, options.Folder, failure.Code, failure.Message);
        }

        _isDegraded = true;
        _lastFailure = new StoreFailure(failure.Code, failure.Message, time.GetUtcNow());
    }

    /// <summary>Something stored is damaged. Writing goes on, and no write mends it.</summary>
    public void Found(SchedulerException damage)
    {
        StoreLog.Damaged(options.Logger, options.Folder, damage.Message);
        _finding = new StoreFailure(damage.Code, damage.Message, time.GetUtcNow());
        _lastFailure = _finding;
    }

    public void Publish(JournalIndex index) => _latest = new StoreStatistics(
        _appends, _entries, _groups, _bytesAcknowledged, _bytesWritten, index.RowsLive, index.BytesLive, index.BytesDead,
        index.Suspects.Count, _cleanings, Waiting: 0, _isDegraded, _lastFailure)
    {
        Finding = _finding,
    };
}
