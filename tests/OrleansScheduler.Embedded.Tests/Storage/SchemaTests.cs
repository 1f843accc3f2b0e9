using System.Collections.Immutable;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>The way of a file from format to format.</summary>
public sealed class SchemaTests : IDisposable
{
    private static readonly ImmutableArray<string> Later =
    [
        .. SchemaSteps.All,
        "CREATE TABLE notes(text TEXT NOT NULL); INSERT INTO notes SELECT kind || '/' || key FROM journals;",
        "CREATE TABLE marks(no INTEGER PRIMARY KEY); INSERT INTO marks SELECT no FROM journals;",
    ];

    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_file_of_any_older_format_is_led_forward(int format)
    {
        await MakeAsync(Later[..format]);

        await using var store = await OpenAsync(Later);

        Assert.Equal(2, store.Incarnation);
        Assert.Equal(["1"], Texts(await store.Journal("space", "a").LoadAsync(Cancellation)));
        Assert.Equal((4, 1), (Ask("SELECT value FROM meta WHERE name = 'format'"), Ask("SELECT count(*) FROM marks")));
    }

    [Fact]
    public async Task A_step_that_fails_in_its_middle_leaves_the_format_before_it()
    {
        await MakeAsync(SchemaSteps.All);
        ImmutableArray<string> broken = [.. Later[..3], Later[3] + "INSERT INTO nowhere VALUES(1)"];

        await Assert.ThrowsAsync<StorageException>(() => OpenAsync(broken));

        // The third step was a transaction of its own and stays.
        Assert.Equal((3, 0), (Ask("SELECT value FROM meta WHERE name = 'format'"), Ask("SELECT count(*) FROM sqlite_master WHERE name = 'marks'")));
        await using var store = await OpenAsync(Later);
        Assert.Equal(["1"], Texts(await store.Journal("space", "a").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task A_process_that_dies_in_a_step_leaves_the_format_before_it()
    {
        await MakeAsync(SchemaSteps.All);
        TestFolder left;
        using (var database = Database.Open(_folder.Database, readOnly: false))
        {
            // So little memory that the transaction goes to the file before its end.
            database.Execute($"PRAGMA cache_size = 1; BEGIN IMMEDIATE; {Later[2]} UPDATE meta SET value = 3 WHERE name = 'format'; "
                + "INSERT INTO notes SELECT hex(zeroblob(5000)) FROM journals, journals j2");
            left = _folder.Crash();
            database.Rollback();
        }

        using var owner = left;
        await using var store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = left.Path }, NoFaults.Instance, new StoppedClock(), SchemaSteps.All);
        Assert.Equal(["1"], Texts(await store.Journal("space", "a").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task A_newer_format_is_refused_untouched_even_with_a_write_ahead_log()
    {
        await MakeAsync(SchemaSteps.All);
        using var newer = await LeaveAsync(Later);
        var before = await BytesAsync(newer);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => SqliteStores.OpenAsync(newer));

        Assert.Equal((ErrorCodes.StorageFormat, "4", "2"), (refusal.Code, refusal.Details["format"], refusal.Details["known"]));
        Assert.Equal(before, await BytesAsync(newer));
    }

    [Theory]
    [InlineData("UPDATE meta SET value = 9 WHERE name = 'incarnation'")]
    [InlineData("UPDATE meta SET value = 9 WHERE name = 'epoch'")]
    [InlineData("UPDATE meta SET value = 0 WHERE name = 'format'")]
    [InlineData("DELETE FROM meta WHERE name = 'epoch'")]
    [InlineData("DELETE FROM meta WHERE name = 'checksum'")]
    public async Task Numbers_that_do_not_fit_their_checksum_are_refused(string damage)
    {
        await MakeAsync(SchemaSteps.All);
        SqliteStores.Damage(_folder, damage);

        var refusal = await Assert.ThrowsAsync<CorruptStateException>(() => OpenAsync(SchemaSteps.All));

        Assert.StartsWith("meta", refusal.Details["row"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP TABLE wakeups")]
    [InlineData("CREATE TABLE other(x)")]
    [InlineData("ALTER TABLE log RENAME COLUMN count TO number")]
    public async Task Tables_that_are_not_the_known_ones_are_refused(string change)
    {
        await MakeAsync(SchemaSteps.All);
        SqliteStores.Damage(_folder, change);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(SchemaSteps.All));

        Assert.Equal((ErrorCodes.StorageFailed, false, _folder.Database), (refusal.Code, refusal.IsTransient, refusal.Details["file"]));
    }

    [Fact]
    public async Task A_file_that_became_empty_is_not_a_new_one()
    {
        await MakeAsync(SchemaSteps.All);
        await File.WriteAllBytesAsync(_folder.Database, [], Cancellation);

        await Assert.ThrowsAsync<CorruptStateException>(() => OpenAsync(SchemaSteps.All));
    }

    private static async Task<byte[][]> BytesAsync(TestFolder folder) =>
    [
        await File.ReadAllBytesAsync(folder.Database, Cancellation),
        await File.ReadAllBytesAsync(folder.Database + "-wal", Cancellation),
    ];

    private async Task MakeAsync(ImmutableArray<string> steps)
    {
        await using var store = await OpenAsync(steps);
        await store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
    }

    private async Task<TestFolder> LeaveAsync(ImmutableArray<string> steps)
    {
        await using var store = await OpenAsync(steps);
        await store.Journal("space", "b").AppendAsync(0, Entries("1"), Cancellation);
        return _folder.Crash();
    }

    private Task<SqliteStore> OpenAsync(ImmutableArray<string> steps) => SqliteStore.OpenAsync(
        new SqliteStoreOptions { Folder = _folder.Path }, NoFaults.Instance, new StoppedClock(), steps);

    private long? Ask(string sql)
    {
        using var database = Database.Open(_folder.Database, readOnly: true);
        return database.Ask(sql);
    }
}
