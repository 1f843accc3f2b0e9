using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

public sealed class SqliteStoreTests : StoreContractTests
{
    private readonly TestFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_second_store_on_the_folder_is_refused_until_the_first_is_closed()
    {
        var refusal = await Assert.ThrowsAsync<StorageException>(() => OpenAsync());

        Assert.Equal(ErrorCodes.StorageLocked, refusal.Code);
        Assert.Equal(_folder.Path, refusal.Details["folder"]);
        await ReopenAsync();
    }

    [Fact]
    public async Task What_was_acknowledged_survives_a_crash()
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1", "2"), Cancellation);
        await journal.WritePagesAsync(1, Pages(("x", "x1")), Cancellation);
        using var left = _folder.Crash();

        await using var store = await SqliteStores.OpenAsync(left);

        var content = await store.Journal("space", "a").LoadAsync(Cancellation);
        Assert.Equal((1, "2"), (content.SnapshotPosition, Assert.Single(Texts(content))));
    }

    [Fact]
    public async Task What_waits_during_a_commit_shares_the_next_one()
    {
        var stall = Faults.StallOnce(StorageSite.CommitBefore);
        var first = Store.Journal("space", "first").AppendAsync(0, Entries("x"), Cancellation);
        await stall.Reached;
        var others = Enumerable.Range(0, 64)
            .Select(i => Store.Journal("space", $"{i}").AppendAsync(0, Entries("x"), Cancellation))
            .ToArray();

        stall.Release();
        await Task.WhenAll([first, .. others]);

        var statistics = Store.Statistics;
        Assert.Equal((65, 2), (statistics.Appends, statistics.Groups));
    }

    [Fact]
    public async Task Appends_of_one_journal_share_a_transaction_with_their_conflicts()
    {
        var stall = Faults.StallOnce(StorageSite.CommitBefore);
        var first = Store.Journal("space", "first").AppendAsync(0, Entries("x"), Cancellation);
        await stall.Reached;
        var journal = Store.Journal("space", "a");
        var good = journal.AppendAsync(0, Entries("1"), Cancellation);
        var bad = journal.AppendAsync(0, Entries("other"), Cancellation);
        var next = journal.AppendAsync(1, Entries("2"), Cancellation);

        stall.Release();

        await Task.WhenAll(first, good, next);
        await Assert.ThrowsAsync<StorageException>(() => bad);
        Assert.Equal(["1", "2"], Texts(await journal.LoadAsync(Cancellation)));
        Assert.Equal(2, Store.Statistics.Groups);
    }

    [Fact]
    public async Task A_group_that_fails_is_tried_one_by_one()
    {
        var stall = Faults.StallOnce(StorageSite.CommitBefore);
        var first = Store.Journal("space", "first").AppendAsync(0, Entries("x"), Cancellation);
        await stall.Reached;
        var journal = Store.Journal("space", "a");
        var one = journal.AppendAsync(0, Entries("1"), Cancellation);
        var two = journal.AppendAsync(1, Entries("2"), Cancellation);
        Faults.FailOnce(StorageSite.CommitBefore);

        stall.Release();

        await Task.WhenAll(first, one, two);
        Assert.Equal(["1", "2"], Texts(await journal.LoadAsync(Cancellation)));
        Assert.Equal(3, Store.Statistics.Groups);
    }

    [Fact]
    public async Task A_commit_that_fails_alone_leaves_everything_as_it_was()
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1"), Cancellation);
        Faults.FailOnce(StorageSite.CommitBefore);

        await Assert.ThrowsAsync<StorageException>(() => journal.AppendAsync(1, Entries("2"), Cancellation));

        await journal.AppendAsync(1, Entries("other"), Cancellation);
        Assert.Equal(["1", "other"], Texts(await journal.LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task One_operation_that_fails_before_it_is_written_spares_its_neighbours()
    {
        var stall = Faults.StallOnce(StorageSite.CommitBefore);
        var first = Store.Journal("space", "first").AppendAsync(0, Entries("x"), Cancellation);
        await stall.Reached;
        var good = Store.Journal("space", "good").AppendAsync(0, Entries("1"), Cancellation);
        var bad = Store.Journal("space", "bad").AppendAsync(0, Entries("1"), Cancellation);
        Faults.Fail(StorageSite.AppendBefore, forKey: "bad");

        stall.Release();

        await Task.WhenAll(first, good);
        await Assert.ThrowsAsync<StorageException>(() => bad);
        Assert.Equal(2, Store.Statistics.Groups);
    }

    [Fact]
    public async Task A_group_keeps_within_its_limits()
    {
        using var folder = new TestFolder();
        var faults = new ScriptedFaults();
        await using var store = await SqliteStores.OpenAsync(
            folder, faults, options => (options.GroupEntriesMax, options.GroupBytesMax) = (3, 4_096));
        var stall = faults.StallOnce(StorageSite.CommitBefore);
        var first = store.Journal("space", "first").AppendAsync(0, Entries("x"), Cancellation);
        await stall.Reached;
        string[] contents = ["1", "2", "3", "4", new string('x', 4_000), new string('x', 9_000), "7"];
        var others = contents.Select((text, i) => store.Journal("space", $"{i}").AppendAsync(0, Entries(text), Cancellation));
        var all = Task.WhenAll([first, .. others]);

        stall.Release();
        await all;

        // first | 1 2 3 | 4 and 4,000 bytes | 9,000 bytes alone | 7
        Assert.Equal(5, store.Statistics.Groups);
    }

    [Fact]
    public async Task Beyond_the_limit_of_waiting_operations_the_store_is_overloaded()
    {
        using var folder = new TestFolder();
        var faults = new ScriptedFaults();
        await using var store = await SqliteStores.OpenAsync(folder, faults, options => options.WaitingMax = 2);
        var stall = faults.StallOnce(StorageSite.CommitBefore);
        var first = store.Journal("space", "first").AppendAsync(0, Entries("x"), Cancellation);
        await stall.Reached;
        var second = store.Journal("space", "2").AppendAsync(0, Entries("x"), Cancellation);
        var third = store.Journal("space", "3").AppendAsync(0, Entries("x"), Cancellation);
        var waiting = store.Statistics.Waiting;

        await Assert.ThrowsAsync<OverloadedException>(
            () => store.Journal("space", "4").AppendAsync(0, Entries("x"), Cancellation));
        stall.Release();

        await Task.WhenAll(first, second, third);
        Assert.Equal(2, waiting);
    }

    [Fact]
    public async Task A_full_disk_stops_writes_keeps_reads_and_heals()
    {
        using var folder = new TestFolder();
        var acknowledged = 0;
        await using (var store = await SqliteStores.OpenAsync(folder, change: options => options.PagesMax = 64))
        {
            var journal = store.Journal("space", "a");
            var full = await Assert.ThrowsAsync<StorageException>(async () =>
            {
                for (; acknowledged < 1_000; acknowledged++)
                {
                    await journal.AppendAsync(acknowledged, Entries(Large(acknowledged)), Cancellation);
                }
            });
            var whileFull = await journal.LoadAsync(Cancellation);
            var health = store.Statistics;
            await store.LimitPagesAsync(null, Cancellation);
            await journal.AppendAsync(acknowledged++, Entries("last"), Cancellation);

            Assert.Equal((ErrorCodes.StorageFull, true), (full.Code, full.IsTransient));
            Assert.Equal(acknowledged - 1, whileFull.Entries.Length);
            Assert.Equal((true, ErrorCodes.StorageFull), (health.IsDegraded, health.LastFailure?.Code));
            Assert.False(store.Statistics.IsDegraded);
        }

        await using var reopened = await SqliteStores.OpenAsync(folder);
        var texts = Texts(await reopened.Journal("space", "a").LoadAsync(Cancellation));
        Assert.Equal([.. Enumerable.Range(0, acknowledged - 1).Select(Large), "last"], texts);
    }

    [Fact]
    public async Task A_full_disk_heals_by_itself_where_rows_are_dead()
    {
        using var folder = new TestFolder();
        await using var store = await SqliteStores.OpenAsync(folder, change: options => options.PagesMax = 64);
        var journal = store.Journal("space", "a");
        for (var i = 0; i < 500; i++)
        {
            await journal.AppendAsync(i, Entries(Large(i)), Cancellation);
            await journal.WritePagesAsync(i + 1, [], Cancellation);
            await journal.TruncateAsync(i + 1, Cancellation);
        }

        Assert.Equal(500, (await journal.LoadAsync(Cancellation)).SnapshotPosition);
        Assert.True(store.Statistics.Cleanings > 0);
    }

    [Fact]
    public async Task One_request_that_does_not_fit_spares_its_neighbours()
    {
        using var folder = new TestFolder();
        var faults = new ScriptedFaults();
        await using var store = await SqliteStores.OpenAsync(folder, faults, options => options.PagesMax = 64);
        var stall = faults.StallOnce(StorageSite.CommitBefore);
        var first = store.Journal("space", "first").AppendAsync(0, Entries("x"), Cancellation);
        await stall.Reached;
        var small = store.Journal("space", "small").AppendAsync(0, Entries("x"), Cancellation);
        var large = store.Journal("space", "large").AppendAsync(0, [new byte[500_000]], Cancellation);
        var other = store.Journal("space", "other").AppendAsync(0, Entries("x"), Cancellation);

        stall.Release();

        await Task.WhenAll(first, small, other);
        Assert.Equal(ErrorCodes.StorageFull, (await Assert.ThrowsAsync<StorageException>(() => large)).Code);
    }

    [Fact]
    public async Task A_newer_format_is_refused_untouched()
    {
        using var folder = new TestFolder();
        await (await SqliteStores.OpenAsync(folder)).DisposeAsync();
        using (var database = Database.Open(folder.Database, readOnly: false))
        {
            database.Execute("UPDATE meta SET value = 7 WHERE name = 'format'");
        }

        var before = await File.ReadAllBytesAsync(folder.Database, Cancellation);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => SqliteStores.OpenAsync(folder));

        Assert.Equal(ErrorCodes.StorageFormat, refusal.Code);
        Assert.Equal(("7", "2"), (refusal.Details["format"], refusal.Details["known"]));
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Database, Cancellation));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.Database, new string('x', 10_000), Cancellation);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => SqliteStores.OpenAsync(folder));

        Assert.Equal((ErrorCodes.StorageFailed, false), (refusal.Code, refusal.IsTransient));
    }

    [Fact]
    public async Task An_opening_that_fails_leaves_the_folder_free()
    {
        using var folder = new TestFolder();
        var faults = new ScriptedFaults();
        faults.FailOnce(StorageSite.OpenSchema);

        await Assert.ThrowsAsync<StorageException>(() => SqliteStores.OpenAsync(folder, faults));

        await using var store = await SqliteStores.OpenAsync(folder);
        Assert.Equal(1, store.Incarnation);
    }

    [Fact]
    public async Task Options_name_every_fault_at_once()
    {
        var options = new SqliteStoreOptions { ReaderCount = 0, GroupBytesMax = 1 };

        var fault = await Assert.ThrowsAsync<ArgumentException>(
            () => SqliteStore.OpenAsync(options, NoFaults.Instance, new StoppedClock(), Cancellation));

        Assert.Contains("Folder", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ReaderCount", fault.Message, StringComparison.Ordinal);
        Assert.Contains("GroupBytesMax", fault.Message, StringComparison.Ordinal);
    }

    protected override async Task<IEmbeddedStore> OpenAsync() => await SqliteStores.OpenAsync(_folder, Faults);

    private static string Large(int i) => $"{i}:" + new string('x', 4_000);
}
