using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A folder that was in use never begins anew without being told.</summary>
public sealed class LostFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("no tables")]
    public async Task Where_a_deployment_was_no_other_begins(string loss)
    {
        await FillAsync();
        byte[]? left = await LoseAsync(loss);

        var refusal = await Assert.ThrowsAsync<CorruptStateException>(() => SqliteStores.OpenAsync(_folder));

        Assert.Equal("scheduler.db", refusal.Details["row"]);
        Assert.Contains(loss, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("scheduler.db-wal", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(left, File.Exists(_folder.Database) ? await File.ReadAllBytesAsync(_folder.Database, Cancellation) : null);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("no tables")]
    public async Task A_folder_without_a_mark_begins_anew(string loss)
    {
        await FillAsync();
        await LoseAsync(loss);
        File.Delete(Path.Combine(_folder.Path, "scheduler.lock"));

        await using var store = await SqliteStores.OpenAsync(_folder);

        Assert.Empty((await store.Journal("space", "a").LoadAsync(Cancellation)).Entries);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    public async Task A_log_without_its_database_is_left_alone(string loss)
    {
        var log = _folder.Database + "-wal";
        byte[] left;
        await using (var store = await SqliteStores.OpenAsync(_folder))
        {
            await store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
            using var crash = _folder.Crash();
            left = await File.ReadAllBytesAsync(crash.Database + "-wal", Cancellation);
        }

        await LoseAsync(loss);
        await File.WriteAllBytesAsync(log, left, Cancellation);
        File.Delete(Path.Combine(_folder.Path, "scheduler.lock"));

        await Assert.ThrowsAsync<CorruptStateException>(() => SqliteStores.OpenAsync(_folder));
        Assert.Equal(left, await File.ReadAllBytesAsync(log, Cancellation));
    }

    [Fact]
    public async Task A_first_opening_that_ended_before_its_tables_were_committed_leaves_a_new_folder()
    {
        await Assert.ThrowsAnyAsync<SchedulerException>(() => SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = _folder.Path }, NoFaults.Instance, new StoppedClock(), ["CREATE TABLE broken("]));
        var length = new FileInfo(_folder.Database).Length;

        await (await SqliteStores.OpenAsync(_folder)).DisposeAsync();

        Assert.True(length > 0);
    }

    private async Task FillAsync()
    {
        await using var store = await SqliteStores.OpenAsync(_folder);
        await store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
    }

    /// <summary>What is left of the file then; null when there is none.</summary>
    private async Task<byte[]?> LoseAsync(string loss)
    {
        File.Delete(_folder.Database);
        if (loss == "missing")
        {
            return null;
        }

        if (loss == "no tables")
        {
            // As it is before anything is folded in.
            using var database = Database.Open(_folder.Database, readOnly: false);
            database.Execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL");
        }
        else
        {
            await File.WriteAllBytesAsync(_folder.Database, [], Cancellation);
        }

        return await File.ReadAllBytesAsync(_folder.Database, Cancellation);
    }
}
