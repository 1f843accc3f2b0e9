using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Brings a file to the known format. Files of a newer format and damaged ones are refused untouched.</summary>
internal static class Schema
{
    private const long NoChecksum = -1;

    /// <summary>Brings the file to the format of this version, as <see cref="Prepare(Database, SqliteStoreOptions, ImmutableArray{string})"/>.</summary>
    public static void Prepare(Database database, SqliteStoreOptions options) => Prepare(database, options, SchemaSteps.All);

    /// <summary>Checks the file, brings it to the format after the last step, and counts the incarnation.</summary>
    /// <param name="database">Its only connection.</param>
    /// <param name="options">The limits of the file.</param>
    /// <param name="steps">As in <see cref="SchemaSteps.All"/>.</param>
    /// <exception cref="StorageException"><see cref="ErrorCodes.StorageFormat"/> when the file is newer,
    /// <see cref="ErrorCodes.StorageFailed"/> when its structure is damaged.</exception>
    /// <exception cref="CorruptStateException">Its numbers are damaged.</exception>
    public static void Prepare(Database database, SqliteStoreOptions options, ImmutableArray<string> steps)
    {
        FileCheck.Structure(database);
        var format = Format(database, steps.Length);
        if (format > 0)
        {
            FileCheck.Tables(database, steps[..format]);
            CheckNumbers(database, format);
        }

        Configure(database, options);
        for (; format < steps.Length; format++)
        {
            Transact(database, $"{steps[format]}; UPDATE meta SET value = {format + 1} WHERE name = 'format'");
        }

        Transact(database, "UPDATE meta SET value = value + 1 WHERE name = 'incarnation'");
    }

    /// <summary>True for a file in which nothing was ever committed.</summary>
    public static bool IsEmpty(Database database) => database.Ask("SELECT count(*) FROM sqlite_master") == 0;

    /// <summary>Sets the numbers of a deployment, in the transaction under way.</summary>
    public static void Number(Database database, long epoch, long incarnation)
    {
        database.Execute($"UPDATE meta SET value = {epoch} WHERE name = 'epoch'; "
            + $"UPDATE meta SET value = {incarnation} WHERE name = 'incarnation'");
        Seal(database);
    }

    public static long Read(Database database, string name) =>
        database.Ask($"SELECT value FROM meta WHERE name = '{name}'")
        ?? throw new CorruptStateException("the store", $"meta {name}", "it is missing");

    public static void LimitPages(Database database, long? pagesMax) =>
        database.Ask($"PRAGMA max_page_count = {pagesMax ?? uint.MaxValue - 1L}");

    private static int Format(Database database, int known)
    {
        if (IsEmpty(database))
        {
            return 0;
        }

        var format = Read(database, "format");
        if (format > known)
        {
            var newer = new StorageException(
                ErrorCodes.StorageFormat, $"The data has format {format}; this version knows {known}.", isTransient: false);
            newer.With("format", format.ToString(CultureInfo.InvariantCulture));
            newer.With("known", known.ToString(CultureInfo.InvariantCulture));
            throw newer;
        }

        return format > 0 ? (int)format : throw new CorruptStateException("the store", "meta format", $"it is {format}");
    }

    /// <summary>Changes the numbers and their checksum together.</summary>
    private static void Transact(Database database, string sql)
    {
        try
        {
            database.Execute($"BEGIN IMMEDIATE; {sql}");
            Seal(database);
            database.Execute("COMMIT");
        }
        finally
        {
            database.Rollback();
        }
    }

    private static void Seal(Database database) =>
        database.Execute($"UPDATE meta SET value = {Sum(database)} WHERE name = 'checksum'");

    private static void CheckNumbers(Database database, int format)
    {
        // The first format had no checksum.
        if (format > 1 && Read(database, "checksum") is var stored && stored != NoChecksum && stored != Sum(database))
        {
            throw new CorruptStateException("the store", "meta", "its checksum does not fit");
        }
    }

    private static uint Sum(Database database) => Checksum.Add(
        Checksum.Add(Checksum.Add(Checksum.Of("store", "meta"), Read(database, "incarnation")), Read(database, "epoch")),
        Read(database, "format"));

    private static void Configure(Database database, SqliteStoreOptions options)
    {
        // A group may fill the cache without spilling. Folding the write-ahead log into the file holds up one commit: every
        // 4 MB that is some milliseconds, every 16 MB four times as many for the same throughput.
        database.Execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
            + "PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768");
        LimitPages(database, options.PagesMax);
    }
}
