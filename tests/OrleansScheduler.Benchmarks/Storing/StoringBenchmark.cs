using System.Collections.Immutable;
using OrleansScheduler.Benchmarks.Measuring;

namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>Bytes written per acknowledged byte, and bytes on disk of what is stored.</summary>
internal sealed class StoringBenchmark : IBenchmark
{
    private const string Included =
        "commits of one field of a random document each, 64 callers; entries and changed pages of all journals, without SQLite's own";

    private static readonly Unit PerByte = new(" B per B", "0.00");

    /// <summary>So much is acknowledged that snapshots follow several times; in the largest space that would take hours.</summary>
    private static readonly ImmutableArray<(int Documents, int Bytes, long Entries, bool IsQuick)> Sizes =
    [
        (1_000, 100, 4 << 20, true),
        (100_000, 100, 40 << 20, false),
        (100_000, 10_000, 40 << 20, false),
    ];

    public string Id => "bytes";

    public async Task MeasureAsync(BenchmarkRun run)
    {
        foreach (var (documents, bytes, entries, isQuick) in Sizes.Where(size => size.IsQuick || run.Rounds != Rounds.Quick))
        {
            foreach (var inRows in new[] { false, true })
            {
                await MeasureAsync(run, documents, bytes, entries, inRows);
            }
        }

        run.Tell("sizes on disk");
        var sizes = new DiskSizes(run);
        var (perAction, perObservation) = await sizes.PerActionAsync();
        Report(run, "schedule, one-shot, a year ahead", await sizes.PerScheduleAsync());
        Report(run, "action that has not run", perAction);
        Report(run, "observation of one read, with the value that its run wrote", perObservation);
    }

    private static async Task MeasureAsync(BenchmarkRun run, int documents, int bytes, long entries, bool inRows)
    {
        var journals = inRows ? "journals in rows under ETags" : "journals of SQLite";
        run.Tell($"{documents} documents of {bytes} B, {journals}");
        var stored = new StoredDocuments(run.Folder.New(), documents, bytes, inRows, run.Time);
        await stored.FillAsync();
        var cost = await stored.ChangeAsync(entries, new Random(1));
        run.Report(new Row(
            FormattableString.Invariant($"small changes of {documents:#,0} documents of {bytes:#,0} B, {journals}"),
            Included,
            new Series([cost.PerByte]),
            PerByte)
        {
            Target = inRows ? null : Target.AtMost(2.5),
            Beside = FormattableString.Invariant(
                $"{cost.Commits:#,0} commits, {cost.EntryBytes / 1e6:0.0} MB of entries, {cost.PageBytes / 1e6:0.0} MB of pages in {cost.Snapshots} snapshots; ")
                + FormattableString.Invariant($"files {cost.FilePerByte:0.0}, disk {cost.DiskPerByte:0.0} per byte; loads in {cost.LoadMilliseconds:#,0} ms"),
        });
    }

    private static void Report(BenchmarkRun run, string what, double bytes) => run.Report(new Row(
        $"bytes on disk per {what}", "length of the closed file with 10,000 and without, free pages of SQLite included", new Series([bytes]), Unit.Bytes));
}
