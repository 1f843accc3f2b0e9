using System.Collections.Immutable;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using OrleansScheduler.Testing;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A flush that takes seconds holds up writes, and nothing else.</summary>
public sealed class SlowDiskTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly FakeTime _time = new();
    private readonly ScriptedFaults _faults = new();
    private SqliteStore? _store;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SqliteStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = _folder.Path, WaitingMax = 2 }, _faults, _time, Cancellation);
        await Store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Health_tells_a_transaction_that_is_long_under_way_until_it_ends()
    {
        var stall = _faults.StallOnce(StorageSite.CommitBefore);
        var append = Store.Journal("space", "a").AppendAsync(1, Entries("2"), Cancellation);
        await stall.Reached;
        _time.Advance(TimeSpan.FromSeconds(5));
        var early = Store.Statistics;
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = Store.Statistics;

        stall.Release();
        await append;
        await Store.DisposeAsync();

        Assert.Equal((TimeSpan.FromSeconds(5), false), (early.UnderWay, early.IsSlow));
        Assert.Equal((TimeSpan.FromSeconds(6), true), (late.UnderWay, late.IsSlow));
        Assert.Equal((null, false), (Store.Statistics.UnderWay, Store.Statistics.IsSlow));
    }

    [Fact]
    public async Task Reads_go_on_and_writes_wait_up_to_the_limit()
    {
        var stall = _faults.StallOnce(StorageSite.CommitBefore);
        var first = Store.Journal("space", "a").AppendAsync(1, Entries("2"), Cancellation);
        await stall.Reached;
        var second = Store.Journal("space", "b").AppendAsync(0, Entries("1"), Cancellation);
        var third = Store.State("space", "c").WriteAsync("s", Bytes("1"), null, Cancellation);

        Assert.Equal(["1"], Texts(await Store.Journal("space", "a").LoadAsync(Cancellation)));
        Assert.Null(await Store.State("space", "c").ReadAsync("s", Cancellation));
        await Assert.ThrowsAsync<OverloadedException>(() => Store.SetWakeupAsync("space", "d", StoppedClock.Now, Cancellation));

        stall.Release();
        await Task.WhenAll(first, second, third);
    }

    [Fact]
    public async Task Closing_is_bounded_and_names_what_was_not_written()
    {
        var stall = _faults.StallOnce(StorageSite.CommitBefore);
        var underWay = Store.Journal("space", "a").AppendAsync(1, Entries("2"), Cancellation);
        await stall.Reached;
        var waiting = Store.Journal("space", "b").AppendAsync(0, Entries("1"), Cancellation);

        var closing = Store.CloseAsync();
        await _time.ArmedForAsync(_time.GetUtcNow() + TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));
        ImmutableArray<string> unwritten = await closing;

        Assert.Equal(["space/a", "space/b"], unwritten);
        Assert.Equal(ErrorCodes.OutcomeUnknown, (await Assert.ThrowsAsync<SchedulerException>(() => underWay)).Code);
        Assert.Equal(ErrorCodes.Stopping, (await Assert.ThrowsAsync<SchedulerException>(() => waiting)).Code);
        Assert.Equal(ErrorCodes.StorageLocked, (await Assert.ThrowsAsync<StorageException>(() => SqliteStores.OpenAsync(_folder))).Code);
        stall.Release();
    }

    [Fact]
    public async Task Loads_go_on_while_a_cleaning_step_is_held_up()
    {
        using var folder = new TestFolder();
        var faults = new ScriptedFaults();
        await using var store = await SqliteStores.OpenAsync(folder, faults, options => options.CleanBytesMin = 1_000);
        await store.Journal("space", "idle").AppendAsync(0, Entries("1", "2"), Cancellation);
        var busy = store.Journal("space", "busy");
        await busy.AppendAsync(0, Entries(new string('x', 5_000)), Cancellation);
        await busy.WritePagesAsync(1, [], Cancellation);
        var stall = faults.StallOnce(StorageSite.CleanAfter);
        await busy.TruncateAsync(1, Cancellation);
        await stall.Reached;

        Assert.Equal(["1", "2"], Texts(await store.Journal("space", "idle").LoadAsync(Cancellation)));

        stall.Release();
    }
}
