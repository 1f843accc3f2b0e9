using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage.Files;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>Writes an archive into a new database beside its place, and puts it there when all of it is proved and flushed.</summary>
internal sealed class SqliteImport : IArchiveSink, IDisposable
{
    private const string TemporaryName = "scheduler.import";
    private const int GroupEntriesMax = 1_000;
    private const long GroupBytesMax = 1 << 20;
    private const long TransactionBytesMax = 8 << 20;

    // SQLite's companions of a database; one that stays behind from another database would be taken for ours.
    private static readonly string[] Companions = ["", "-wal", "-shm", "-journal"];

    private readonly Database _database;
    private readonly JournalTable _journals;
    private readonly LogTable _log;
    private readonly StateTable _states;
    private readonly WakeupTable _wakeups;
    private readonly List<ReadOnlyMemory<byte>> _group = [];
    private ArchiveHeader? _header;
    private ArchiveActor? _actor;
    private JournalSlot? _slot;
    private long _groupBytes;
    private long _bytes;
    private long _lastNo;
    private long _lastRow;
    private long _position;

    private SqliteImport(Database database)
    {
        _database = database;
        _journals = new JournalTable(database);
        _log = new LogTable(database);
        _states = new StateTable(database, incarnation: 0);
        _wakeups = new WakeupTable(database);
    }

    /// <summary>Begins a new database.</summary>
    private static SqliteImport Begin(string path)
    {
        Database database = Database.Open(path, readOnly: false);
        try
        {
            Schema.Prepare(database, new SqliteStoreOptions());
            return new SqliteImport(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Removes what an import left that was ended in its middle.</summary>
    /// <param name="folder">The data folder; its lock is held.</param>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var companion in Companions)
        {
            File.Delete(Path.Combine(folder, TemporaryName + companion));
        }
    }

    /// <summary>Makes a data folder of an archive. Until it is done, the folder is as empty as before, whatever happens.</summary>
    /// <param name="folder">Created when it is missing. Holds no database.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="cancellation">Ends the import.</param>
    public static async Task<ArchiveSummary> RunAsync(string folder, Stream archive, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, SqliteStore.FileName);
        var temporary = Path.Combine(folder, TemporaryName);
        Directory.CreateDirectory(folder);
        using var folderLock = FolderLock.Take(folder);
        if (Companions.Any(companion => File.Exists(path + companion)))
        {
            throw new SchedulerException(
                ErrorCodes.DeploymentNotEmpty, $"An archive is imported into an empty folder only, and {folder} holds {SqliteStore.FileName}.")
                .With("folder", folder);
        }

        RemoveLeftovers(folder);
        try
        {
            ArchiveSummary summary;
            using (var import = Begin(temporary))
            {
                summary = await ArchiveReader.ReadAsync(archive, import, cancellation);
                import.Finish();
            }

            AtomicFile.PutInPlace(temporary, path);
            return summary;
        }
        catch (Exception fault)
        {
            RemoveLeftovers(folder);
            throw fault is OperationCanceledException ? fault : FaultPoint.Translate(fault);
        }
    }

    /// <inheritdoc/>
    public void Begin(ArchiveHeader header)
    {
        _header = header;
        _database.Execute("BEGIN IMMEDIATE");
    }

    /// <inheritdoc/>
    public void Take(ArchivePart part)
    {
        switch (part)
        {
            case ArchivePart.Actor { Value: var actor }:
                EndGroup();
                Begin(actor);
                break;
            case ArchivePart.Page page:
                _journals.Put(_slot!.No, page.Name, BlobFormat.Encode(BlobFormat.PageSeed(_slot.Seed, page.Name), page.Content.Span));
                Count(page.Content.Length);
                break;
            case ArchivePart.Entry entry:
                Take(entry);
                break;
            case ArchivePart.State state:
                var etag = _states.NextETag();
                var seed = BlobFormat.StateSeed(Checksum.Of(_actor!.Kind, _actor.Key), state.Name, etag);
                _states.Put(_actor.Kind, _actor.Key, state.Name, etag, BlobFormat.Encode(seed, state.Content.Span));
                Count(state.Content.Length);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private void Begin(ArchiveActor actor)
    {
        (_actor, _slot, _position) = (actor, null, actor.Snapshot);
        if (actor.Snapshot + actor.Pages + actor.Entries > 0)
        {
            _slot = new JournalSlot(++_lastNo, actor.Kind, actor.Key);
            _journals.Insert(_slot);
            _journals.Update(_slot, actor.Snapshot, actor.Pages);
        }

        if (actor.Wakeup is { } due)
        {
            _wakeups.Put(actor.Kind, actor.Key, due);
        }

        Count(0);
    }

    private void Take(ArchivePart.Entry entry)
    {
        if (_group.Count == GroupEntriesMax || (_group.Count > 0 && _groupBytes + entry.Content.Length > GroupBytesMax))
        {
            EndGroup();
        }

        _group.Add(entry.Content);
        _groupBytes += entry.Content.Length;
    }

    private void EndGroup()
    {
        if (_group.Count == 0)
        {
            return;
        }

        ImmutableArray<ReadOnlyMemory<byte>> entries = [.. _group];
        var payload = LogRowFormat.Encode(_slot!.Seed, _position + 1, entries);
        _log.Insert(_slot.No, new LogRow(_position + 1, ++_lastRow, entries.Length, payload.Length), payload);
        _position += entries.Length;
        _group.Clear();
        _groupBytes = 0;
        Count(payload.Length);
    }

    private void Count(long bytes)
    {
        const int RowBytes = 64;
        _bytes += bytes + RowBytes;
        if (_bytes > TransactionBytesMax)
        {
            _database.Execute("COMMIT; BEGIN IMMEDIATE");
            _bytes = 0;
        }
    }

    // The next opening counts the incarnation, as after any other end.
    private void Finish()
    {
        EndGroup();
        Schema.Number(_database, _header!.NextEpoch, _header.Incarnation);
        _database.Execute("COMMIT");

        // What is not folded in stays in a companion, which does not go along to the new name.
        if (_database.Ask("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        {
            throw new StorageException(ErrorCodes.StorageLocked, "Another program reads the file that the import makes; begin again without it.", isTransient: true);
        }
    }
}
