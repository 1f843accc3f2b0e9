using System.Collections.Immutable;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>
/// Proves the structure of the file before anything in it is believed. Rows carry checksums, but a row that damage has made
/// unreachable is not there to fail one.
/// </summary>
internal static class FileCheck
{
    private const string Definitions = "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name";

    /// <summary>Reads the whole file once, and finds every page and every cell in its place.</summary>
    /// <exception cref="StorageException"><see cref="ErrorCodes.StorageFailed"/> with what was found.</exception>
    public static void Structure(Database database) => Demand(database.AskTexts("PRAGMA quick_check(1)"));

    /// <summary>Finds the tables of a format, and what is found by an index alone.</summary>
    /// <param name="database">The file.</param>
    /// <param name="steps">What made the tables.</param>
    /// <exception cref="StorageException"><see cref="ErrorCodes.StorageFailed"/> with what was found.</exception>
    public static void Tables(Database database, ImmutableArray<string> steps)
    {
        using var fresh = Database.Open(":memory:", readOnly: false);
        fresh.Execute(string.Concat(steps));
        if (!database.AskTexts(Definitions).SequenceEqual(fresh.AskTexts(Definitions)))
        {
            throw Damaged("its tables are not the known ones");
        }

        // Journals are found without an index, and a snapshot counts its pages; but an index that leaves a state out makes it vanish.
        Demand(database.AskTexts("PRAGMA integrity_check(states)"));
    }

    private static void Demand(List<string> findings)
    {
        if (findings is not ["ok"])
        {
            throw Damaged(string.Join("; ", findings).ReplaceLineEndings(" "));
        }
    }

    private static StorageException Damaged(string finding) =>
        new(ErrorCodes.StorageFailed, $"The structure is damaged: {finding}", isTransient: false);
}
