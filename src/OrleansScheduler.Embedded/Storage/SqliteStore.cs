using OrleansScheduler.Core.Archives;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage.Archives;
using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The storage of a deployment in one SQLite file.</summary>
/// <remarks>
/// Everything that waits is committed as one transaction by one writer; loads read beside it. Acknowledged means durable. A full
/// disk fails writes with <see cref="ErrorCodes.StorageFull"/>, keeps reads, and heals by itself when there is room.
/// </remarks>
public sealed class SqliteStore : IEmbeddedStore, IArchivedStore
{
    internal const string FileName = "scheduler.db";
    private static readonly TimeSpan CloseMax = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly IStorageFaults _faults;
    private readonly TimeProvider _time;
    private readonly WriteQueue _queue;
    private readonly StoreMeter _meter;
    private readonly ReaderPool _readers;
    private readonly StoreWriter _writer;
    private readonly Lazy<Task> _closing;

    private SqliteStore(
        SqliteStoreOptions options, IStorageFaults faults, TimeProvider time, string path, Database database, FolderLock folderLock)
    {
        (_faults, _time, _path) = (faults, time, path);
        _closing = new Lazy<Task>(EndAsync);
        Incarnation = Schema.Read(database, "incarnation");
        Epoch = Schema.Read(database, "epoch");
        Index = JournalIndex.Read(database);
        var session = new WriteSession(database, Index, Incarnation);
        _queue = new WriteQueue(options, time);
        _meter = new StoreMeter(time, options);
        if ((Index.Finding ?? WakeupTable.Check(database)) is { } finding)
        {
            _meter.Found(finding);
        }

        _meter.Publish(Index);
        _readers = new ReaderPool(path, options);
        database.FoldOnClose(true);
        _writer = new StoreWriter(database, folderLock, session, _queue, _meter, faults, options,
            new LogFold(database, path, _readers, options.LogBytesMax));
    }

    /// <inheritdoc/>
    public long Incarnation { get; }

    /// <inheritdoc/>
    public long Epoch { get; }

    /// <inheritdoc/>
    public StoreStatistics Statistics => _meter.Read(_queue.Waiting) with { LogBytes = WriteAheadLog.Bytes(_path) };

    /// <summary>Where each journal's rows are.</summary>
    internal JournalIndex Index { get; }

    /// <summary>Opens the data folder, migrates it forward if it is older, and counts the incarnation.</summary>
    /// <param name="options">Where, and limits; later changes of it have no effect.</param>
    /// <param name="faults">Asked at every storage site; <see cref="NoFaults.Instance"/> outside of tests.</param>
    /// <param name="time">For instants in statistics and the bounded wait when closing.</param>
    /// <param name="cancellation">Ends the wait for the opening to begin.</param>
    /// <exception cref="ArgumentException">Options are out of range; all of them are named.</exception>
    /// <exception cref="StorageException"><see cref="ErrorCodes.StorageLocked"/>, <see cref="ErrorCodes.StorageFormat"/>,
    /// <see cref="ErrorCodes.StorageFull"/> or <see cref="ErrorCodes.StorageFailed"/>.</exception>
    public static Task<SqliteStore> OpenAsync(
        SqliteStoreOptions options, IStorageFaults faults, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        var copy = options.Copy();
        return Task.Run(() => OpenAsync(copy, faults, time, SchemaSteps.All), cancellation);
    }

    /// <inheritdoc/>
    IArchiveSource IArchivedStore.OpenArchive(DateTimeOffset at, bool skipDamaged, CancellationToken cancellation) =>
        SqliteArchive.Open(_path, at, skipDamaged, cancellation);

    /// <inheritdoc/>
    public IJournalStorage Journal(string kind, string key)
    {
        StoreLimits.CheckActor(kind, key);
        return new SqliteJournal(this, kind, key);
    }

    /// <inheritdoc/>
    public IStateStorage State(string kind, string key)
    {
        StoreLimits.CheckActor(kind, key);
        return new SqliteState(this, kind, key);
    }

    /// <inheritdoc/>
    public Task SetWakeupAsync(string kind, string key, DateTimeOffset due, CancellationToken cancellation)
    {
        StoreLimits.CheckActor(kind, key);
        return WriteAsync(new WakeupOperation(kind, key, due), cancellation);
    }

    /// <inheritdoc/>
    public Task ClearWakeupAsync(string kind, string key, CancellationToken cancellation)
    {
        StoreLimits.CheckActor(kind, key);
        return WriteAsync(new WakeupOperation(kind, key, due: null), cancellation);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<StoredWakeup>> ListWakeupsAsync(
        StoredWakeup? after, int countMax, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, StoreLimits.WakeupPageMax);
        return ReadAsync(session => WakeupTable.Read(session, after, countMax), StorageSite.WakeupList, "", "", cancellation);
    }

    /// <summary>Finishes what waits, within 10 s, folds the write-ahead log into the file and releases the folder.</summary>
    /// <remarks>What could not be finished in time ends with <see cref="ErrorCodes.Stopping"/>, or with
    /// <see cref="ErrorCodes.OutcomeUnknown"/> when it was being written; the folder stays locked until that write has ended.</remarks>
    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> CloseAsync()
    {
        _queue.Close();
        try
        {
            await _closing.Value.WaitAsync(CloseMax, _time);
            return [];
        }
        catch (TimeoutException)
        {
            return _queue.Abandon();
        }
    }

    /// <summary>Changes the page limit of the running store.</summary>
    internal Task LimitPagesAsync(long? pagesMax, CancellationToken cancellation) =>
        WriteAsync(new PagesMaxOperation(pagesMax), cancellation);

    internal Task WriteAsync(WriteOperation operation, CancellationToken cancellation)
    {
        _queue.Add(operation);
        return cancellation.CanBeCanceled ? operation.Task.WaitAsync(cancellation) : operation.Task;
    }

    /// <summary>What a journal holds. The index alone tells that one was never written; that needs no connection.</summary>
    internal async Task<JournalContent> LoadAsync(SqliteJournal journal, CancellationToken cancellation)
    {
        var (kind, key) = (journal.Kind, journal.Key);
        if (Index.Find(kind, key) is not null || _readers.IsClosed)
        {
            return await ReadAsync(
                session => new JournalReader(session, Index, kind, key).Read(found => journal.Slot = found), StorageSite.JournalLoad, kind, key, cancellation);
        }

        await FaultPoint.PassAsync(_faults, StorageSite.JournalLoad, kind, key).AsTask().WaitAsync(cancellation);
        journal.Slot = null;
        return JournalContent.Empty;
    }

    internal Task<T> ReadAsync<T>(
        Func<ReadSession, T> read, StorageSite site, string kind, string key, CancellationToken cancellation) =>
        _readers.ReadAsync(read, () => FaultPoint.PassAsync(_faults, site, kind, key), cancellation);

    /// <summary>Opens the data folder with steps of one's own; for tests of the way from format to format.</summary>
    internal static async Task<SqliteStore> OpenAsync(
        SqliteStoreOptions options, IStorageFaults faults, TimeProvider time, ImmutableArray<string> steps)
    {
        var folder = Path.GetFullPath(options.Folder);
        var path = Path.Combine(folder, FileName);
        FolderLock? folderLock = null;
        Database? database = null;
        try
        {
            folderLock = FolderLock.Take(folder);
            await FaultPoint.PassAsync(faults, StorageSite.OpenSchema);
            SqliteImport.RemoveLeftovers(folder);
            CheckFiles(path, folderLock);
            database = Database.Open(path, readOnly: false);

            // Whoever refuses a file leaves it as it is, and with it what may be of use to those who look into it.
            database.FoldOnClose(false);
            Demand(!folderLock.IsUsed || !Schema.IsEmpty(database), "it has no tables");
            Schema.Prepare(database, options, steps);
            folderLock.Use();
            return new SqliteStore(options, faults, time, path, database, folderLock);
        }
        catch (Exception exception)
        {
            database?.Dispose();
            folderLock?.Dispose();
            throw Name(path, FaultPoint.Translate(exception));
        }
    }

    private static void CheckFiles(string path, FolderLock folderLock)
    {
        var file = new FileInfo(path);
        if (file is not { Exists: true, Length: > 0 })
        {
            Demand(!folderLock.IsUsed, file.Exists ? "it is empty" : "it is missing");
            Demand(!WriteAheadLog.HasFrames(path), (file.Exists ? "it is empty" : "it is missing") + $", and {FileName}-wal holds what was written to it");
        }

        if (WriteAheadLog.Damage(path) is { } damage)
        {
            throw new CorruptStateException("the store", FileName + "-wal", damage);
        }
    }

    // Beginning anew would look like a deployment in which nothing was ever stored, and would overwrite what may still be of use.
    private static void Demand(bool isFit, string reason)
    {
        if (!isFit)
        {
            throw new CorruptStateException(
                "the store",
                FileName,
                $"{reason}, but its folder was in use. Put {FileName} back as it was, together with {FileName}-wal if there was one. To begin anew or to import "
                + "an archive, first remove every file of the folder whose name begins with scheduler");
        }
    }

    /// <summary>Says of which file a failure of the library speaks.</summary>
    private static SchedulerException Name(string path, SchedulerException failure) => failure switch
    {
        StorageException { Code: not (ErrorCodes.StorageLocked or ErrorCodes.StorageFormat), InnerException: DatabaseException or null } =>
            new StorageException(failure.Code, $"{path} does not open. {failure.Message}", failure.IsTransient, failure).With("file", path),
        _ => failure,
    };

    private async Task EndAsync()
    {
        await _readers.DisposeAsync();
        await _writer.Ended;
    }
}
