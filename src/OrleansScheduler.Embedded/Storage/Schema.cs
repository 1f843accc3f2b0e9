using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The tables, and the steps that lead an older file to them. Files of a newer version are refused untouched.</summary>
internal static class Schema
{
    /// <summary>Step n leads from format n to n + 1, in one transaction.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO meta VALUES('incarnation', 0), ('epoch', 1), ('format', 0);
        CREATE TABLE journals(
            no INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL,
            snapshot_position INTEGER NOT NULL, pages INTEGER NOT NULL, checksum INTEGER NOT NULL,
            UNIQUE(kind, key));
        CREATE TABLE log(
            id INTEGER PRIMARY KEY, journal INTEGER NOT NULL, position INTEGER NOT NULL, count INTEGER NOT NULL,
            payload BLOB NOT NULL);
        CREATE TABLE pages(
            journal INTEGER NOT NULL, name TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY(journal, name));
        CREATE TABLE states(
            kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, etag TEXT NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY(kind, key, name));
        CREATE TABLE wakeups(
            kind TEXT NOT NULL, key TEXT NOT NULL, due INTEGER NOT NULL, checksum INTEGER NOT NULL,
            PRIMARY KEY(kind, key)) WITHOUT ROWID;
        """,
    ];

    private static int Known => Steps.Length;

    /// <summary>Brings the file to the known format and counts the incarnation.</summary>
    /// <exception cref="StorageException"><see cref="ErrorCodes.StorageFormat"/> when the file is newer.</exception>
    public static void Prepare(Database database, SqliteStoreOptions options)
    {
        var format = Format(database);
        Configure(database, options);
        for (; format < Known; format++)
        {
            database.Execute(
                $"BEGIN IMMEDIATE; {Steps[format]} UPDATE meta SET value = {format + 1} WHERE name = 'format'; COMMIT");
        }

        database.Execute("UPDATE meta SET value = value + 1 WHERE name = 'incarnation'");
    }

    public static long Read(Database database, string name) =>
        database.Ask($"SELECT value FROM meta WHERE name = '{name}'")
        ?? throw new CorruptStateException("the store", $"meta {name}", "it is missing");

    public static void LimitPages(Database database, long? pagesMax) =>
        database.Ask($"PRAGMA max_page_count = {pagesMax ?? uint.MaxValue - 1L}");

    private static int Format(Database database)
    {
        if (database.Ask("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'") == 0)
        {
            return 0;
        }

        var format = Read(database, "format");
        if (format > Known)
        {
            var newer = new StorageException(
                ErrorCodes.StorageFormat, $"The data has format {format}; this version knows {Known}.", isTransient: false);
            newer.With("format", format.ToString(CultureInfo.InvariantCulture));
            newer.With("known", Known.ToString(CultureInfo.InvariantCulture));
            throw newer;
        }

        return (int)format;
    }

    private static void Configure(Database database, SqliteStoreOptions options)
    {
        // A group may fill the cache without spilling. Folding the write-ahead log into the file holds up one commit: every
        // 4 MB that is some milliseconds, every 16 MB four times as many for the same throughput.
        database.Execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
            + "PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768");
        LimitPages(database, options.PagesMax);
    }
}
