using System.Globalization;
using Npgsql;
using OrleansScheduler.Cluster.Archives;
using OrleansScheduler.Cluster.Deployments;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Cluster.Tests.Postgres;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Testing;
using Xunit;
using static OrleansScheduler.Cluster.Tests.Archives.StoredRows;

namespace OrleansScheduler.Cluster.Tests.Archives;

/// <summary>Archives of rows in PostgreSQL.</summary>
[Collection(PostgresGroup.Name)]
public sealed class StoredArchiveTests(PostgresServer server)
{
    private const string Space = "owner/Café";

    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly string Long = "owner/" + new string('x', 300);

    // So that few entries and pages make every kind of row, and rows that are free again.
    private static readonly RowOptions Small = new() { TailBytesMax = 20, ChunkBytesMax = 64, InlinePagesMax = 2, NodeReferencesMax = 4, SegmentsPerLevel = 3 };

    [Fact]
    public async Task An_archive_has_all_that_actors_stored_in_its_order_and_nothing_else()
    {
        await using StoredRows rows = await FilledAsync();
        await rows.RemindAsync($"scheduler.space/{Space}", "2026-01-05T12:00:07Z");
        await rows.RemindAsync("scheduler.governor/governor", "2026-01-05T12:00:08Z");
        await rows.RemindAsync("scheduler.governor/governor", "2026-01-05T12:00:09Z", name: "another");
        await rows.RemindAsync("stranger/one", "2026-01-05T12:00:09Z");
        await using StoredRows others = await StoredRows.OpenAsync(rows.Connection, "others");
        await others.Journal("space", "owner/b").AppendAsync(0, [Framed("of another cluster")], Never);
        await others.Journal("space", "owner/of-another-cluster").AppendAsync(0, [Framed("of another cluster")], Never);

        byte[] archive = await rows.ExportAsync();

        ArchiveSummary summary = await ArchiveVerifier.VerifyAsync(new MemoryStream(archive), Never);
        Assert.Equal((3, 7, "cluster-postgresql", rows.Time.GetUtcNow()), (summary.Header.Epoch, summary.Header.Incarnation, summary.Header.Engine, summary.Header.At));
        Assert.Equal(
            [
                "governor/governor 0 0 0 0 2026-01-05T12:00:08",
                "schedule/a/\uffee 0 0 1 0", "entry 1 only",
                "schedule/a/\U0001F600 0 0 1 0", "entry 1 only",
                $"schedule/asleep 0 0 0 0 {rows.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss}",
                $"settler/{Long} 0 0 0 2", "state A one", "state stats.2 two",
                "space/owner/B 0 0 1 0", "entry 1 capital",
                $"space/{Space} 4 3 2 0 2026-01-05T12:00:07", "page D ", "page d d", "page head h", "entry 5 5", "entry 6 6",
                "space/owner/b 0 0 1 0", "entry 1 small",
                $"space/{Long} 0 0 1 0", "entry 1 long",
            ],
            await ArchiveTexts.ReadAsync(archive));
    }

    [Fact]
    public async Task Journals_of_every_shape_are_read_as_their_actors_would_load_them()
    {
        await using StoredRows rows = await StoredRows.OpenAsync(await server.NewDatabaseAsync());
        var expected = new List<string>();
        var random = new Random(5);
        for (int number = 0; number < 4; number++)
        {
            string key = $"default/{number}";
            await ChangeAsync(rows.Journal("space", key, Small), 0, 80, random);
            JournalContent content = await rows.Journal("space", key, Small).LoadAsync(Never);
            expected.AddRange(ArchiveTexts.Of(new ActorParts("space", key, content, [], null).Read()));
        }

        long stored = await PostgresServer.AskAsync<long>(rows.Connection, "SELECT count(*) FROM scheduler_row");

        Assert.Equal(expected, await ArchiveTexts.ReadAsync(await rows.ExportAsync()));
        Assert.InRange(stored, 80, long.MaxValue);
    }

    [Fact]
    public async Task An_archive_is_of_one_instant_however_much_is_written_while_it_is_read()
    {
        await using StoredRows rows = await FilledAsync();
        var random = new Random(6);
        RowJournal journal = rows.Journal("space", "default/busy", Small);
        long end = await ChangeAsync(journal, 0, 60, random);
        byte[] before = await rows.ExportAsync();

        using ClusterArchive archive = await rows.OpenArchiveAsync();
        await ChangeAsync(journal, end, 100, random);
        await rows.Journal("space", "new").AppendAsync(0, [Framed("new")], Never);
        await rows.RemindAsync("scheduler.space/new", "2026-01-05T12:00:08Z");

        Assert.Equal(before, await WriteAsync(archive));
        archive.Dispose();
        Assert.NotEqual(before, await rows.ExportAsync());
    }

    [Theory]
    [InlineData("content = content || 'x' WHERE state = 'space.journal'", "space.journal", 4)]
    [InlineData("content = set_byte(content, 25, get_byte(content, 25) # 1) WHERE state = 'space.journal.2'", "space.journal.2", 1)]
    [InlineData("content = NULL WHERE state = 'space.journal.4'", "space.journal.4", 1)]
    [InlineData("content = NULL WHERE state = 'space.journal' AND key = 'kowner/~caf%c3%a9'", "space.journal", 1)]
    [InlineData("state = 'schedule.journal.7' WHERE state = 'schedule.journal' AND key = 'ka/%ef%bf%ae'", "schedule.journal", 1)]
    [InlineData("key = 'kowner/c' WHERE state = 'space.journal' AND key = 'kowner/b'", "space.journal", 1)]
    [InlineData("key = 'kB' WHERE state = 'space.journal' AND key = 'kowner/b'", "space of kB", 1)]
    [InlineData("state = 'space.notes' WHERE state = 'space.journal' AND key = 'kowner/b'", "space of kowner/b", 1)]
    public async Task A_damaged_row_fails_the_export_by_name_and_is_left_out_if_wanted(string damage, string row, int actors)
    {
        await using StoredRows rows = await FilledAsync();
        int all = (await ArchiveVerifier.VerifyAsync(new MemoryStream(await rows.ExportAsync()), Never)).Totals.Actors is var count ? (int)count : 0;
        await PostgresServer.ExecuteAsync(rows.Connection, "UPDATE scheduler_row SET " + damage);

        var fault = await Assert.ThrowsAsync<CorruptStateException>(() => rows.ExportAsync());
        ArchiveSummary summary = await ArchiveVerifier.VerifyAsync(new MemoryStream(await rows.ExportAsync(skipDamaged: true)), Never);

        Assert.Equal((ErrorCodes.CorruptState, row), (fault.Code, fault.Details["row"]));
        Assert.Contains(summary.Totals.Damaged, one => one.Row == row && one.Reason.Length > 0);
        Assert.Equal(all - actors, summary.Totals.Actors);
        Assert.True(await rows.IsFreeAsync());
    }

    [Fact]
    public async Task What_no_reader_would_take_is_damage_and_no_half_archive()
    {
        await using StoredRows rows = await StoredRows.OpenAsync(await server.NewDatabaseAsync());
        await rows.Journal("space", "a").AppendAsync(0, [Framed("1"), Bytes("no frame"), Framed("3")], Never);

        var fault = await Assert.ThrowsAsync<CorruptStateException>(() => rows.OpenArchiveAsync());

        Assert.Equal(("space/a", "entry 2"), (fault.Details["journal"], fault.Details["row"]));
    }

    [Fact]
    public async Task One_process_exports_at_a_time_and_whoever_leaves_makes_room()
    {
        await using StoredRows rows = await FilledAsync();
        using ClusterArchive archive = await rows.OpenArchiveAsync();
        await Assert.ThrowsAsync<OverloadedException>(() => rows.OpenArchiveAsync());
        using var leaving = new CancellationTokenSource();
        using var export = new SchedulerExport(rows.Time, Never, () => { }) { Source = archive };
        Task writing = export.WriteToAsync(new LeavingStream(leaving), leaving.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);

        Assert.False(await rows.IsFreeAsync());
        export.Dispose();
        Assert.True(await rows.IsFreeAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ClusterArchive.OpenAsync(rows.Database, Service, rows.Time, rows.Time.GetUtcNow(), false, new CancellationToken(true)));
        await rows.ExportAsync();
    }

    [Fact]
    public async Task An_instant_is_given_up_after_an_hour()
    {
        await using StoredRows rows = await FilledAsync();
        for (int number = 0; number < 100; number++)
        {
            await rows.Journal("space", $"default/{number}").AppendAsync(0, [Framed("1")], Never);
        }

        using ClusterArchive archive = await rows.OpenArchiveAsync();
        rows.Time.Advance(ClusterArchive.LifeMax);
        Assert.Null(archive.Excess);
        rows.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("60 minutes", archive.Excess, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OverloadedException>(() => WriteAsync(archive));
    }

    [Fact]
    public async Task A_database_that_ends_the_transaction_fails_the_export()
    {
        await using StoredRows rows = await FilledAsync();
        using ClusterArchive archive = await rows.OpenArchiveAsync();
        await PostgresServer.AskAsync<bool>(
            rows.Connection, "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        var fault = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(archive));

        Assert.Equal(ErrorCodes.StorageFailed, fault.Code);
    }

    [Fact]
    public async Task Without_its_database_no_export_begins_and_no_password_shows()
    {
        await using NpgsqlDataSource nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=u;Password=secret-of-nobody;Database=d;Pooling=false");

        var fault = await Assert.ThrowsAsync<StorageException>(
            () => ClusterArchive.OpenAsync(nowhere, Service, new FakeTime(), DateTimeOffset.UnixEpoch, false, Never));

        Assert.Equal(ErrorCodes.StorageFailed, fault.Code);
        Assert.DoesNotContain("secret-of-nobody", fault.ToString(), StringComparison.Ordinal);
    }

    private async Task<StoredRows> FilledAsync()
    {
        StoredRows rows = await StoredRows.OpenAsync(await server.NewDatabaseAsync());
        RowJournal space = rows.Journal("space", Space, Small);
        await space.AppendAsync(0, [Framed("1"), Framed("2"), Framed("3")], Never);
        await space.AppendAsync(3, [Framed("4"), Framed("5")], Never);
        await space.WritePagesAsync(4, [new JournalPage("head", Framed("h")), new JournalPage("d", Framed("d")), new JournalPage("D", Framed(""))], Never);
        await space.TruncateAsync(4, Never);
        await space.AppendAsync(5, [Framed("6")], Never);
        await rows.Journal("space", "owner/b").AppendAsync(0, [Framed("small")], Never);
        await rows.Journal("space", "owner/B").AppendAsync(0, [Framed("capital")], Never);
        await rows.Journal("space", Long).AppendAsync(0, [Framed("long")], Never);
        await rows.Journal("schedule", "a/\U0001F600").AppendAsync(0, [Framed("only")], Never);
        await rows.Journal("schedule", "a/\uffee").AppendAsync(0, [Framed("only")], Never);
        IStateStorage states = rows.States("settler", Long);
        await states.WriteAsync("stats.2", Bytes("two"), null, Never);
        await states.WriteAsync("A", Bytes("one"), null, Never);
        await states.ClearAsync("gone", await states.WriteAsync("gone", Bytes("x"), null, Never), Never);
        var deployment = new DeploymentRows(rows.Storage);
        await deployment.WriteAsync(new DeploymentRecord(7, rows.Time.GetUtcNow(), ["a"], Epoch: 3), null, Never);
        await deployment.WriteSleepersAsync([new Sleeper("schedule", "asleep")], null, Never);
        return rows;
    }

    // Entries, pages and removals of pages, so that rows become free and are written again.
    private static async Task<long> ChangeAsync(RowJournal journal, long end, int steps, Random random)
    {
        for (int step = 0; step < steps; step++)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{step}{new string('.', random.Next(100))}");
            await journal.AppendAsync(end++, [Framed(text)], Never);
            if (random.Next(6) == 0)
            {
                int first = random.Next(12);
                ReadOnlyMemory<byte>? gone = null;
                JournalPage[] pages = [.. Enumerable.Range(first, 3).Select(number => new JournalPage($"p{number}", random.Next(4) == 0 ? gone : Framed(text)))];
                await journal.WritePagesAsync(end - random.Next(2), [.. pages], Never);
            }
        }

        return end;
    }

    /// <summary>Takes nothing: whoever should have read it is gone.</summary>
    private sealed class LeavingStream(CancellationTokenSource leaving) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await leaving.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
