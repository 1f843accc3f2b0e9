using OrleansScheduler.Embedded.Actors;
using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The storage of a deployment in one SQLite file.</summary>
/// <remarks>
/// Everything that waits is committed as one transaction by one writer; loads read beside it. Acknowledged means durable. A full
/// disk fails writes with <see cref="ErrorCodes.StorageFull"/>, keeps reads, and heals by itself when there is room.
/// </remarks>
public sealed class SqliteStore : IEmbeddedStore
{
    private const string FileName = "scheduler.db";
    private static readonly TimeSpan CloseMax = TimeSpan.FromSeconds(10);

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
        (_faults, _time) = (faults, time);
        _closing = new Lazy<Task>(CloseAsync);
        Schema.Prepare(database, options);
        Incarnation = Schema.Read(database, "incarnation");
        Epoch = Schema.Read(database, "epoch");
        Index = JournalIndex.Read(database);
        var session = new WriteSession(database, Index, Incarnation);
        _queue = new WriteQueue(options, time);
        _meter = new StoreMeter(time);
        if (Index.Finding is { } finding)
        {
            _meter.Failed(finding);
        }

        _meter.Publish(Index);
        _readers = new ReaderPool(path, options);
        _writer = new StoreWriter(database, folderLock, session, _queue, _meter, faults, options);
    }

    /// <inheritdoc/>
    public long Incarnation { get; }

    /// <inheritdoc/>
    public long Epoch { get; }

    /// <inheritdoc/>
    public StoreStatistics Statistics => _meter.Latest with { Waiting = _queue.Waiting };

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
        return Task.Run(() => OpenAsync(copy, faults, time), cancellation);
    }

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
    /// <remarks>What could not be finished in time ends with <see cref="ErrorCodes.Stopping"/>, and the folder stays locked until
    /// the write that is stuck has ended.</remarks>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        try
        {
            await _closing.Value.WaitAsync(CloseMax, _time);
        }
        catch (TimeoutException)
        {
            _queue.Abandon();
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

    internal Task<T> ReadAsync<T>(
        Func<ReadSession, T> read, StorageSite site, string kind, string key, CancellationToken cancellation) =>
        _readers.ReadAsync(read, () => FaultPoint.PassAsync(_faults, site, kind, key), cancellation);

    private static async Task<SqliteStore> OpenAsync(SqliteStoreOptions options, IStorageFaults faults, TimeProvider time)
    {
        var folder = Path.GetFullPath(options.Folder);
        FolderLock? folderLock = null;
        Database? database = null;
        try
        {
            Directory.CreateDirectory(folder);
            folderLock = FolderLock.Take(folder);
            await FaultPoint.PassAsync(faults, StorageSite.OpenSchema);
            var path = Path.Combine(folder, FileName);
            database = Database.Open(path, readOnly: false);
            return new SqliteStore(options, faults, time, path, database, folderLock);
        }
        catch (Exception exception)
        {
            database?.Dispose();
            folderLock?.Dispose();
            throw FaultPoint.Translate(exception);
        }
    }

    private async Task CloseAsync()
    {
        await _readers.DisposeAsync();
        await _writer.Ended;
    }
}
