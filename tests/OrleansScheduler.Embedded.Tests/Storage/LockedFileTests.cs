using OrleansScheduler.Conformance.Probes;
using OrleansScheduler.Conformance.Product;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Testing;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Another program, such as a tool for backups, holds the lock of the file.</summary>
public sealed class LockedFileTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ScriptedFaults _faults = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Writes_wait_degraded_until_the_lock_is_gone()
    {
        var board = new ProbeBoard();
        var logger = new MarkingLoggers(board).CreateLogger("storage");
        await using var store = await SqliteStores.OpenAsync(_folder, _faults, options => options.Logger = logger);
        await store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
        using var other = Lock();
        var stall = _faults.StallOnce(StorageSite.Retry);
        var append = store.Journal("space", "a").AppendAsync(1, Entries("2"), Cancellation);
        await stall.Reached;
        await board.MarkedAsync("log:Degraded:storage_locked");
        var locked = store.Statistics;
        var isAnswered = append.IsCompleted;
        var read = Texts(await store.Journal("space", "a").LoadAsync(Cancellation));

        other.Rollback();
        stall.Release();
        await append;

        await board.MarkedAsync("log:Recovered");
        Assert.Equal((true, ErrorCodes.StorageLocked), (locked.IsDegraded, locked.LastFailure?.Code));
        Assert.False(isAnswered);
        Assert.Equal(["1"], read);
        Assert.False(store.Statistics.IsDegraded);
        Assert.Equal(["1", "2"], Texts(await store.Journal("space", "a").LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task Closing_does_not_wait_for_the_other_program_for_ever()
    {
        var time = new FakeTime();
        var store = await SqliteStore.OpenAsync(new SqliteStoreOptions { Folder = _folder.Path }, _faults, time, Cancellation);
        using var other = Lock();
        var stall = _faults.StallOnce(StorageSite.Retry);
        var append = store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
        await stall.Reached;

        var closing = store.CloseAsync();
        await time.ArmedForAsync(time.GetUtcNow() + TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["space/a"], await closing);
        await Assert.ThrowsAsync<SchedulerException>(() => append);

        // The writer has nobody to try for any more; it ends although the lock is still held.
        stall.Release();
        Assert.Empty(await store.CloseAsync());
    }

    [Fact]
    public async Task Opening_says_that_the_file_is_locked()
    {
        await (await SqliteStores.OpenAsync(_folder)).DisposeAsync();
        using var other = Lock();

        var refusal = await Assert.ThrowsAsync<StorageException>(() => SqliteStores.OpenAsync(_folder));

        Assert.Equal((ErrorCodes.StorageLocked, true), (refusal.Code, refusal.IsTransient));
        Assert.Contains("Another program", refusal.Message, StringComparison.Ordinal);
        other.Rollback();
        await using var store = await SqliteStores.OpenAsync(_folder);
    }

    private Database Lock()
    {
        var other = Database.Open(_folder.Database, readOnly: false);
        other.Execute("BEGIN IMMEDIATE");
        return other;
    }
}
