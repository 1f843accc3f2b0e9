namespace OrleansScheduler.Embedded.Storage;

/// <summary>The one thread that writes: it takes what waits, commits it together, and cleans in between.</summary>
/// <remarks>It owns the writing connection and the folder's lock, and lets go of both only when it has ended.</remarks>
internal sealed class StoreWriter
{
    private readonly Database _database;
    private readonly FolderLock _lock;
    private readonly JournalIndex _index;
    private readonly WriteQueue _queue;
    private readonly GroupCommit _commit;
    private readonly LogCleaner _cleaner;
    private readonly StoreMeter _meter;
    private readonly LogFold _fold;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<WriteOperation> _group = [];
    private long _bytesWritten;

    public StoreWriter(
        Database database, FolderLock folderLock, WriteSession session, WriteQueue queue, StoreMeter meter,
        IStorageFaults faults, SqliteStoreOptions options, LogFold fold)
    {
        (_database, _lock, _index, _queue, _meter, _fold) = (database, folderLock, session.Index, queue, meter, fold);
        _cleaner = new LogCleaner(session, faults, meter, options);
        _commit = new GroupCommit(session, queue, _cleaner, faults, meter);
        new Thread(Run) { IsBackground = true, Name = "scheduler storage" }.Start();
    }

    /// <summary>Completes when the thread has committed what waited and closed the file.</summary>
    public Task Ended => _ended.Task;

    private void Run()
    {
        try
        {
            var (mayClean, expected) = (true, 0);
            while (_queue.Take(_group, mayWait: !(mayClean && _cleaner.IsDue) && !_fold.IsUnderWay))
            {
                _meter.Begin();
                if (_group.Count > 0)
                {
                    _commit.Run(_group, expected);
                    Measure();
                    _group.ForEach(operation => operation.Answer());
                    expected = _group.Count + _queue.Waiting;
                    _group.Clear();
                    mayClean = true;
                }

                // One step between two groups, so that nobody waits for more than one.
                mayClean = mayClean && _cleaner.IsDue && Clean();
                _fold.Step(_bytesWritten);
                _bytesWritten = 0;
                _meter.End();
            }
        }
        catch (Exception exception)
        {
            // No operation can end the loop. What ends it nevertheless leaves nobody waiting, and shows in health.
            var failure = FaultPoint.Translate(exception);
            _meter.Failed(failure);
            _meter.Publish(_index);
            _meter.End();
            _group.ForEach(operation => operation.Refuse(failure));
            _queue.Abandon();
        }
        finally
        {
            _fold.Dispose();
            Close();
        }
    }

    private bool Clean()
    {
        var cleaned = _cleaner.Step(needsRoom: false);
        Measure();
        return cleaned;
    }

    private void Measure()
    {
        var bytes = _database.TakePagesWritten() * 4096L;
        _bytesWritten += bytes;
        _meter.Written(bytes);
        _meter.Publish(_index);
    }

    private void Close()
    {
        try
        {
            _database.Ask("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (DatabaseException)
        {
            // Everything is durable in the write-ahead log; the next opening folds it into the file.
        }
        finally
        {
            _database.Dispose();
            _lock.Dispose();
            _ended.SetResult();
        }
    }
}
