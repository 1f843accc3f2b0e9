using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;
using Xunit;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>Counts rows and bytes: cost follows the change, and no row is lost.</summary>
public sealed class RowCostTests(ITestOutputHelper output)
{
    private const int EntryBytes = 200;

    [Fact]
    public async Task An_append_writes_one_row_and_few_bytes_however_long_the_journal_is()
    {
        var rows = new FaultyRows();
        var journal = New(rows);
        long end = 0;
        foreach (int appends in (int[])[1_000, 10_000])
        {
            rows.ForgetCalls();
            for (int i = 0; i < appends; i++)
            {
                await journal.AppendAsync(end++, [new byte[EntryBytes]], CancellationToken.None);
            }

            double rowsEach = (double)rows.Writes.Count / appends;
            double bytesEach = rows.Writes.Sum(write => (double)write.Bytes) / appends;
            output.WriteLine($"{appends} appends: {rowsEach:F3} rows and {bytesEach:F0} bytes each");
            Assert.InRange(rowsEach, 1.0, 1.06);
            Assert.InRange(bytesEach, EntryBytes, 3_000);
            Assert.Empty(rows.Reads.Skip(2));
        }

        Assert.True(rows.Writes.Max(write => write.Bytes) < 5_000);
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(10, 100_000)]
    [InlineData(100, 100_000)]
    [InlineData(1, 1)]
    [InlineData(1, 1_000)]
    public async Task A_snapshot_writes_the_changed_pages_and_the_way_to_them(int changed, int total)
    {
        const int pageBytes = 500;
        var rows = new FaultyRows();
        var journal = New(rows);
        await journal.AppendAsync(0, [new byte[EntryBytes]], CancellationToken.None);
        await journal.WritePagesAsync(1, Pages(Enumerable.Range(0, total), pageBytes), CancellationToken.None);
        var random = new Random(1);
        long end = 1;
        rows.ForgetCalls();
        const int snapshots = 20;
        for (int i = 0; i < snapshots; i++)
        {
            await journal.WritePagesAsync(end, Pages(Enumerable.Range(0, changed).Select(_ => random.Next(total)), pageBytes), CancellationToken.None);
        }

        double rowsEach = (double)rows.Writes.Count / snapshots;
        double bytesEach = rows.Writes.Sum(write => (double)write.Bytes) / snapshots;
        output.WriteLine($"{changed} of {total} pages of {pageBytes} bytes: {rowsEach:F1} rows and {bytesEach:F0} bytes each, {rows.Rows.Count} rows");
        int depth = (int)Math.Ceiling(Math.Log(Math.Max(2, total), 32));
        Assert.InRange(rowsEach, 1, (changed * (1 + depth)) + 2);
        Assert.InRange(bytesEach, changed * pageBytes * 0.9, changed * (pageBytes + (depth * 2_000.0)) + 1_000);
        Assert.Equal(total, (await New(rows).LoadAsync(CancellationToken.None)).Pages.Length);
    }

    [Fact]
    public async Task Rows_are_used_again_over_long_histories_with_restarts()
    {
        var rows = new FaultyRows();
        var counts = new List<int>();
        int number = 0;
        ImmutableArray<int> known = [];
        for (int life = 0; life < 100; life++)
        {
            var actor = new NumberActor(rows, new Random(life));
            await actor.LoadAsync(known);
            for (int i = 0; i < 40; i++)
            {
                await actor.AppendAsync(++number, ++number);
                if (i % 13 == 12)
                {
                    await actor.SnapshotAsync();
                }
            }

            known = [.. actor.Known];
            counts.Add(rows.Rows.Count);
        }

        output.WriteLine($"rows after 10 lives {counts[9]}, after 100 {counts[99]}");
        Assert.True(counts[99] <= counts[9] * 1.2, string.Join(' ', counts));
    }

    [Fact]
    public async Task Failing_snapshots_lose_no_rows()
    {
        var rows = new FaultyRows();
        var actor = new NumberActor(rows, new Random(1));
        await actor.LoadAsync([]);
        await actor.AppendAsync(1, 2, 3, 4);
        for (int i = 0; i < 300; i++)
        {
            int countdown = i % 7;
            RowFault fault = (RowFault)(1 + (i % 3));
            rows.Decide((_, isWrite) => isWrite && countdown-- == 0 ? fault : RowFault.None);
            try
            {
                await actor.SnapshotAsync();
            }
            catch (Errors.StorageException)
            {
            }
        }

        rows.Decide(null);
        await actor.SnapshotAsync();

        Assert.True(rows.Rows.Count < 40, $"{rows.Rows.Count} rows");
    }

    [Fact]
    public async Task Entries_and_pages_of_the_largest_size_take_several_rows()
    {
        var rows = new FaultyRows();
        byte[] large = new byte[64 << 20];
        new Random(1).NextBytes(large);
        var journal = New(rows);
        await journal.AppendAsync(0, ["small"u8.ToArray()], CancellationToken.None);
        await journal.AppendAsync(1, [large], CancellationToken.None);
        JournalContent content = await New(rows).LoadAsync(CancellationToken.None);
        Assert.True(content.Entries[1].Span.SequenceEqual(large));
        Assert.True(rows.Rows.Values.Max(row => row.Content.Length) < 17 << 20);

        await journal.WritePagesAsync(2, [new JournalPage("p", large)], CancellationToken.None);
        await journal.TruncateAsync(2, CancellationToken.None);

        Assert.True((await New(rows).LoadAsync(CancellationToken.None)).Pages[0].Content!.Value.Span.SequenceEqual(large));
    }

    [Fact]
    public async Task Truncation_empties_large_rows_that_are_not_needed_a_few_at_a_time()
    {
        var rows = new FaultyRows();
        var journal = New(rows, new RowOptions { RowsAtOnce = 2 });
        await journal.AppendAsync(0, [new byte[1]], CancellationToken.None);
        await journal.WritePagesAsync(1, Pages(Enumerable.Range(0, 30), 100_000), CancellationToken.None);
        await journal.WritePagesAsync(1, [.. Enumerable.Range(0, 30).Select(i => new JournalPage(Name(i), null))], CancellationToken.None);
        rows.ForgetCalls();

        await journal.TruncateAsync(1, CancellationToken.None);

        int once = rows.Writes.Count;
        for (int i = 0; i < 10; i++)
        {
            await journal.TruncateAsync(1, CancellationToken.None);
        }

        Assert.InRange(once, 1, 4);
        Assert.InRange(rows.Rows.Values.Count(row => row.Content.Length > 50_000), 0, 2);
    }

    private static RowJournal New(FaultyRows rows, RowOptions? options = null) => new("space", "acme/main", rows, new Random(1), options);

    private static ImmutableArray<JournalPage> Pages(IEnumerable<int> numbers, int bytes) =>
        [.. numbers.Distinct().Select(number => new JournalPage(Name(number), new byte[bytes]))];

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"d:{number}");
}
