using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>An archive of what a database held at one instant, read in one transaction beside the writer.</summary>
/// <remarks>
/// The writer goes on. But as long as the transaction is open the write-ahead log only grows, by all that is written meanwhile;
/// beyond a limit the export ends, so that it cannot fill the disk. Memory is needed for a hundred bytes per journal, and for
/// one row; the order of the rows is sorted in temporary files.
/// </remarks>
internal sealed class SqliteArchive : IArchiveSource
{
    /// <summary>The write-ahead log that ends an export: 4 GiB.</summary>
    public const long LogBytesMax = 4L << 30;

    private const int CheckParts = 1_024;

    private readonly Database _database;
    private readonly DamageList _damage;
    private readonly string _log;
    private readonly long _logBytesMax;
    private readonly IReadOnlyDictionary<long, JournalFacts> _journals;

    private SqliteArchive(Database database, string path, DateTimeOffset at, bool skipDamaged, long logBytesMax, CancellationToken cancellation)
    {
        (_database, _log, _logBytesMax) = (database, path + "-wal", logBytesMax);
        database.Execute("BEGIN");
        Header = new ArchiveHeader(
            ArchiveFormat.Newest, ArchiveFormat.Product, EngineNames.Sqlite,
            Schema.Read(database, "epoch"), Schema.Read(database, "incarnation"), at);
        _damage = new DamageList(skipDamaged);
        _journals = ArchiveScan.Read(database, _damage, () =>
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfExcessive();
        });
    }

    /// <inheritdoc/>
    public ArchiveHeader Header { get; }

    /// <inheritdoc/>
    public ImmutableArray<ArchiveDamage> Damaged => _damage.Found;

    /// <inheritdoc/>
    public string? Excess => new FileInfo(_log) is { Exists: true, Length: var bytes } && bytes > _logBytesMax
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"The export ended: the write-ahead log grew to {bytes} bytes meanwhile; {_logBytesMax} is the limit. Read the archive faster, or write less.")
        : null;

    /// <summary>Settles the instant and proves every row.</summary>
    /// <exception cref="CorruptStateException">A row is damaged, and none is to be left out.</exception>
    public static SqliteArchive Open(
        string path, DateTimeOffset at, bool skipDamaged, CancellationToken cancellation, long logBytesMax = LogBytesMax)
    {
        Database? database = null;
        try
        {
            database = Database.Open(path, readOnly: true);
            return new SqliteArchive(database, path, at, skipDamaged, logBytesMax, cancellation);
        }
        catch (Exception fault)
        {
            database?.Dispose();
            throw fault is OperationCanceledException ? fault : FaultPoint.Translate(fault);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ArchivePart> ReadAsync(CancellationToken cancellation) => Read().ToAsyncEnumerable();

    /// <inheritdoc cref="ReadAsync"/>
    public IEnumerable<ArchivePart> Read()
    {
        var parts = 0;
        foreach (var part in new ArchiveMerge(_database, _damage, _journals).Read())
        {
            if (++parts % CheckParts == 0)
            {
                ThrowIfExcessive();
            }

            yield return part;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private void ThrowIfExcessive()
    {
        if (Excess is { } reason)
        {
            throw new OverloadedException(reason);
        }
    }
}
