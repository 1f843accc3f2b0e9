using System.Text;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Storage.Archives;
using OrleansScheduler.Embedded.Tests.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Archives.ArchiveContent;

namespace OrleansScheduler.Embedded.Tests.Archives;

/// <summary>Archives of stores, and stores of archives.</summary>
public sealed class StoreArchiveTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_stores_give_the_same_archive_of_the_same_content()
    {
        using var folder = new TestFolder();
        await using var sqlite = await SqliteStores.OpenAsync(folder);
        await using var memory = NewMemory(MemoryImage.Empty);
        await FillAsync(sqlite);
        await FillAsync(memory);

        Assert.Equal(await TextAsync(memory), await TextAsync(sqlite));
        Assert.Equal(5, (await VerifyAsync(await ExportAsync(sqlite))).Totals.Actors);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task What_is_imported_is_what_was_exported(bool fromSqlite, bool toSqlite)
    {
        using var folder = new TestFolder();
        using var target = new TestFolder();
        await using IEmbeddedStore source = fromSqlite ? await SqliteStores.OpenAsync(folder) : NewMemory(MemoryImage.Empty);
        await FillAsync(source);
        byte[] archive = await ExportAsync(source);

        await using IEmbeddedStore restored = toSqlite ? await ImportAsync(target, archive) : NewMemory(await MemoryImport.ReadAsync(new MemoryStream(archive), Cancellation));

        Assert.Equal(await TextAsync(source), await TextAsync(restored));
        Assert.Equal((2, source.Incarnation + 1), (restored.Epoch, restored.Incarnation));
        var content = await restored.Journal("space", "default/caf\u00e9").LoadAsync(Cancellation);
        Assert.Equal((4, 3, 2), (content.SnapshotPosition, content.Pages.Length, content.Entries.Length));
        Assert.Equal("two", Sample.Text((await restored.State("clock", "63").ReadAsync("b", Cancellation))!.Content));
        await restored.Journal("space", "default/caf\u00e9").AppendAsync(6, [Framed("7")], Cancellation);
        Assert.Equal(2, (await restored.ListWakeupsAsync(null, 10, Cancellation)).Length);
    }

    [Fact]
    public async Task An_imported_folder_opens_again_and_again_and_can_be_exported()
    {
        using var folder = new TestFolder();
        await using var source = NewMemory(MemoryImage.Empty);
        await FillAsync(source);
        string text = await TextAsync(source);
        await (await ImportAsync(folder, await ExportAsync(source))).DisposeAsync();

        await using var again = await SqliteStores.OpenAsync(folder);

        Assert.False(again.Statistics.IsDegraded);
        Assert.Equal((2, 3), (again.Epoch, again.Incarnation));
        Assert.Equal(text, await TextAsync(again));
        Assert.Equal(2, (await VerifyAsync(await ExportAsync(again))).Header.Epoch);
    }

    [Fact]
    public async Task An_archive_is_of_one_instant_however_much_is_written_while_it_is_read()
    {
        using var folder = new TestFolder();
        await using var store = await SqliteStores.OpenAsync(folder, change: options => (options.CleanBytesMin, options.CleanRowsMax) = (0, 1));
        await FillAsync(store);
        byte[] before = await ExportAsync(store);

        using var archive = Open(store);
        var journal = store.Journal("space", "default/caf\u00e9");
        for (int position = 6; position < 200; position++)
        {
            await journal.AppendAsync(position, [Framed($"{position}")], Cancellation);
            await journal.WritePagesAsync(position + 1, [new JournalPage("head", Framed($"h{position}"))], Cancellation);
            await journal.TruncateAsync(position + 1, Cancellation);
        }

        using var stream = new MemoryStream();
        await Core.Archives.ArchiveWriter.WriteAsync(archive, stream, _ => { }, Cancellation);

        Assert.Equal(before, stream.ToArray());
        Assert.NotEqual(before, await ExportAsync(store));
    }

    [Fact]
    public async Task Many_rows_of_many_journals_come_in_order_after_the_log_was_cleaned()
    {
        using var folder = new TestFolder();
        await using var store = await SqliteStores.OpenAsync(folder, change: options => (options.CleanBytesMin, options.CleanRowsMax) = (0, 8));
        await using var memory = NewMemory(MemoryImage.Empty);
        foreach (IEmbeddedStore one in new IEmbeddedStore[] { store, memory })
        {
            var random = new Random(7);
            var ends = new long[12];
            for (int step = 0; step < 600; step++)
            {
                int key = random.Next(ends.Length);
                var journal = one.Journal(key % 2 == 0 ? "space" : "schedule", $"default/{key}");
                await journal.AppendAsync(ends[key], [Framed($"{key}:{step}"), Framed("")], Cancellation);
                ends[key] += 2;
                if (random.Next(9) == 0)
                {
                    await journal.WritePagesAsync(ends[key] - 1, [new JournalPage($"p{random.Next(3)}", Framed($"{step}"))], Cancellation);
                    await journal.TruncateAsync(ends[key] - 1, Cancellation);
                }
            }
        }

        Assert.Equal(await TextAsync(memory), await TextAsync(store));
    }

    [Theory]
    [InlineData("UPDATE log SET payload = x'00' WHERE id = 1", "log 1")]
    [InlineData("UPDATE log SET position = 1 WHERE id = (SELECT max(id) FROM log WHERE journal = 1)", "log ")]
    [InlineData("UPDATE pages SET payload = x'0102030405' WHERE name = 'head'", "page head")]
    [InlineData("DELETE FROM pages WHERE name = 'head'", "journals 1")]
    [InlineData("UPDATE states SET etag = 'x' WHERE name = 'b'", "state b")]
    [InlineData("UPDATE journals SET snapshot_position = 3 WHERE no = 1", "journals 1")]
    [InlineData("UPDATE wakeups SET due = due + 1 WHERE kind = 'governor'", "wakeup")]
    public async Task A_damaged_row_fails_the_export_by_name_and_is_left_out_if_wanted(string damage, string row)
    {
        using var folder = new TestFolder();
        await using var store = await SqliteStores.OpenAsync(folder);
        await FillAsync(store);
        Assert.Equal(1, SqliteStores.Damage(folder, damage));

        var fault = Assert.Throws<CorruptStateException>(() => Open(store));
        var summary = await VerifyAsync(await ExportAsync(store, skipDamaged: true));

        Assert.Contains(row, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(row, Assert.Single(summary.Totals.Damaged).Row, StringComparison.Ordinal);
        Assert.Equal(row == "wakeup" ? 5 : 4, summary.Totals.Actors);
    }

    [Fact]
    public async Task An_archive_that_is_cut_off_leaves_the_folder_as_empty_as_it_was()
    {
        using var folder = new TestFolder();
        await using var source = NewMemory(MemoryImage.Empty);
        await FillAsync(source);
        byte[] archive = await ExportAsync(source);
        var ends = Enumerable.Range(0, archive.Length).Where(at => archive[at] == '\n').ToArray();

        foreach (int length in ends.SelectMany(end => new[] { end, end + 1, end / 2 }).Where(length => length < archive.Length).Distinct())
        {
            var fault = await Assert.ThrowsAsync<SchedulerException>(() => EmbeddedArchive.ImportAsync(folder.Path, new MemoryStream(archive[..length]), Cancellation));

            Assert.Equal(ErrorCodes.ArchiveInvalid, fault.Code);
            Assert.Equal(["scheduler.lock"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        }

        await using var restored = await ImportAsync(folder, archive);
        Assert.Equal(await TextAsync(source), await TextAsync(restored));
    }

    [Theory]
    [InlineData("scheduler.db")]
    [InlineData("scheduler.db-wal")]
    public async Task Nothing_is_imported_where_something_is(string file)
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, file), "mine", Cancellation);
        byte[] archive = await ExportAsync(NewMemory(MemoryImage.Empty));

        var fault = await Assert.ThrowsAsync<SchedulerException>(() => EmbeddedArchive.ImportAsync(folder.Path, new MemoryStream(archive), Cancellation));

        Assert.Equal((ErrorCodes.DeploymentNotEmpty, folder.Path), (fault.Code, fault.Details["folder"]));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(folder.Path, file), Cancellation));
    }

    [Fact]
    public async Task What_an_import_left_that_was_ended_is_removed_by_the_next_one_and_by_an_opening()
    {
        using var folder = new TestFolder();
        string left = Path.Combine(folder.Path, "scheduler.import");
        await File.WriteAllTextAsync(left, "half", Cancellation);
        await File.WriteAllTextAsync(left + "-wal", "half", Cancellation);

        await (await ImportAsync(folder, await ExportAsync(NewMemory(MemoryImage.Empty)))).DisposeAsync();
        Assert.False(File.Exists(left) || File.Exists(left + "-wal"));

        await File.WriteAllTextAsync(left, "half", Cancellation);
        await (await SqliteStores.OpenAsync(folder)).DisposeAsync();
        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task What_another_program_keeps_from_being_folded_in_is_not_left_behind()
    {
        using var folder = new TestFolder();
        await using var source = NewMemory(MemoryImage.Empty);
        await FillAsync(source);
        byte[] archive = await ExportAsync(source);

        using (var read = new ReaderOfImport(archive, folder.Path))
        {
            var fault = await Assert.ThrowsAsync<StorageException>(() => EmbeddedArchive.ImportAsync(folder.Path, read, Cancellation));
            Assert.Equal((ErrorCodes.StorageLocked, true), (fault.Code, fault.IsTransient));
        }

        Assert.Equal(["scheduler.lock"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        await using var restored = await ImportAsync(folder, archive);
        Assert.Equal(await TextAsync(source), await TextAsync(restored));
    }

    [Fact]
    public async Task An_export_that_holds_up_too_much_ends_itself()
    {
        using var folder = new TestFolder();
        await using var store = await SqliteStores.OpenAsync(folder);
        var journal = store.Journal("space", "a");
        await journal.AppendAsync(0, [.. Enumerable.Repeat(Framed("x"), 1_000)], Cancellation);
        await journal.AppendAsync(1_000, [.. Enumerable.Repeat(Framed("x"), 1_000)], Cancellation);

        using var archive = SqliteArchive.Open(folder.Database, StoppedClock.Now, false, Cancellation, logBytesMax: 1_000);

        Assert.NotNull(archive.Excess);
        Assert.Throws<OverloadedException>(() => archive.Read().Count());
    }

    [Fact]
    public async Task Proving_the_rows_ends_soon_when_nobody_waits_or_it_holds_up_too_much()
    {
        using var folder = new TestFolder();
        await using var store = await SqliteStores.OpenAsync(folder);
        for (int position = 0; position < 100; position++)
        {
            await store.Journal("space", "a").AppendAsync(position, [Framed("x")], Cancellation);
        }

        Assert.Throws<OperationCanceledException>(() => SqliteArchive.Open(folder.Database, StoppedClock.Now, false, new CancellationToken(true)));
        Assert.Throws<OverloadedException>(() => SqliteArchive.Open(folder.Database, StoppedClock.Now, false, Cancellation, logBytesMax: 1_000));
    }

    private static MemoryStore NewMemory(MemoryImage image) => new(image, NoFaults.Instance, new StoppedClock());

    private static async Task<SqliteStore> ImportAsync(TestFolder folder, byte[] archive)
    {
        await EmbeddedArchive.ImportAsync(folder.Path, new MemoryStream(archive), Cancellation);
        return await SqliteStores.OpenAsync(folder);
    }
}
