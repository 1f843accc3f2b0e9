using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Storage.Rows;

namespace OrleansScheduler.Simulation.Planning;

/// <summary>What journals are kept in, and how often they are cut.</summary>
/// <param name="Journals">Limits of journals: snapshots may follow after a few hundred bytes.</param>
/// <param name="Rows">Limits of journals over rows under ETags, which all processes share; null for a file of one process.</param>
internal sealed record StoragePlan(JournalOptions Journals, RowOptions? Rows)
{
    public static StoragePlan Of(Random random)
    {
        bool often = random.Next(3) > 0;
        var journals = new JournalOptions
        {
            SnapshotBytesMin = often ? random.Next(100, random.Next(2) == 0 ? 1_000 : 10_000) : 256 << 10,
            GroupEntriesMax = random.Next(3) == 0 ? random.Next(1, 4) : 1_000,
        };
        return new StoragePlan(journals, random.Next(5) < 2 ? RowsOf(random) : null);
    }

    public override string ToString() =>
        $"{(Rows is { } rows ? $"rows, tail of {rows.TailBytesMax}, chunks of {rows.ChunkBytesMax}" : "one file")}, a snapshot after {Journals.SnapshotBytesMin} bytes";

    private static RowOptions RowsOf(Random random) => new()
    {
        TailBytesMax = random.Next(2) == 0 ? random.Next(50, 2_000) : 4 << 10,
        ChunkBytesMax = random.Next(3) == 0 ? random.Next(100, 2_000) : 16 << 20,
        NodeReferencesMax = random.Next(2) == 0 ? random.Next(4, 10) : 64,
        InlinePagesMax = random.Next(1, 9),
        SegmentsPerLevel = random.Next(3, 13),
        RowsAtOnce = random.Next(1, 17),
        TrimBytesMin = random.Next(2) == 0 ? 100 : 16 << 10,
    };
}
