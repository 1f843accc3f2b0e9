using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>What a fault at each site means: before it, nothing happened; after it, everything did.</summary>
public abstract class StoreFaultContractTests : IAsyncLifetime
{
    private IEmbeddedStore? _store;

    internal ScriptedFaults Faults { get; } = new();

    protected IEmbeddedStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IEmbeddedStore> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(StorageSite.AppendBefore, false)]
    [InlineData(StorageSite.CommitAfter, true)]
    [InlineData(StorageSite.AppendAfter, true)]
    public async Task An_append_that_fails_has_landed_or_not_by_its_site(StorageSite site, bool landed)
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1"), Cancellation);
        Faults.FailOnce(site);

        var failure = await Assert.ThrowsAsync<StorageException>(() => journal.AppendAsync(1, Entries("2"), Cancellation));

        Assert.Same(ScriptedFaults.Exception, failure);
        Assert.Equal(landed ? ["1", "2"] : ["1"], Texts(await journal.LoadAsync(Cancellation)));
        await journal.AppendAsync(landed ? 2 : 1, Entries("next"), Cancellation);
    }

    [Theory]
    [InlineData(StorageSite.PagesBefore, false)]
    [InlineData(StorageSite.PagesAfter, true)]
    public async Task Pages_that_fail_have_landed_or_not_by_their_site(StorageSite site, bool landed)
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1"), Cancellation);
        Faults.FailOnce(site);

        await Assert.ThrowsAsync<StorageException>(() => journal.WritePagesAsync(1, Pages(("x", "x1")), Cancellation));

        Assert.Equal(landed ? 1 : 0, (await journal.LoadAsync(Cancellation)).SnapshotPosition);
    }

    [Theory]
    [InlineData(StorageSite.StateWriteBefore, false)]
    [InlineData(StorageSite.StateWriteAfter, true)]
    public async Task A_state_that_fails_has_landed_or_not_by_its_site(StorageSite site, bool landed)
    {
        var state = Store.State("space", "a");
        Faults.FailOnce(site);

        await Assert.ThrowsAsync<StorageException>(() => state.WriteAsync("s", Bytes("one"), null, Cancellation));

        Assert.Equal(landed, await state.ReadAsync("s", Cancellation) is not null);
    }

    [Theory]
    [InlineData(StorageSite.WakeupBefore, false)]
    [InlineData(StorageSite.WakeupAfter, true)]
    public async Task A_wake_up_that_fails_has_landed_or_not_by_its_site(StorageSite site, bool landed)
    {
        Faults.FailOnce(site);

        await Assert.ThrowsAsync<StorageException>(
            () => Store.SetWakeupAsync("space", "a", StoppedClock.Now, Cancellation));

        Assert.Equal(landed ? 1 : 0, (await Store.ListWakeupsAsync(null, 10, Cancellation)).Length);
    }

    [Fact]
    public async Task Reads_and_truncation_fail_at_their_sites_and_work_the_next_time()
    {
        var journal = Store.Journal("space", "a");
        (StorageSite Site, Func<Task> Act)[] cases =
        [
            (StorageSite.JournalLoad, () => journal.LoadAsync(Cancellation)),
            (StorageSite.TruncateBefore, () => journal.TruncateAsync(0, Cancellation)),
            (StorageSite.TruncateAfter, () => journal.TruncateAsync(0, Cancellation)),
            (StorageSite.StateRead, () => Store.State("space", "a").ReadAsync("s", Cancellation)),
            (StorageSite.WakeupList, () => Store.ListWakeupsAsync(null, 10, Cancellation)),
        ];

        foreach (var (site, act) in cases)
        {
            Faults.FailOnce(site);

            Assert.Same(ScriptedFaults.Exception, await Assert.ThrowsAsync<StorageException>(act));

            await act();
        }
    }

    [Fact]
    public async Task Another_exception_arrives_as_a_failure_of_storage()
    {
        await using var store = await OpenOtherAsync(new ThrowingFaults());

        var failure = await Assert.ThrowsAsync<StorageException>(
            () => store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation));

        Assert.Equal(ErrorCodes.StorageFailed, failure.Code);
        Assert.IsType<FormatException>(failure.InnerException);
    }

    [Fact]
    public async Task A_failure_degrades_until_the_next_success()
    {
        var journal = Store.Journal("space", "a");
        Faults.FailOnce(StorageSite.AppendBefore);
        await Assert.ThrowsAsync<StorageException>(() => journal.AppendAsync(0, Entries("1"), Cancellation));

        var degraded = Store.Statistics;
        await journal.AppendAsync(0, Entries("1"), Cancellation);

        Assert.True(degraded.IsDegraded);
        Assert.Equal(new StoreFailure(ErrorCodes.StorageFailed, "Told to fail.", StoppedClock.Now), degraded.LastFailure);
        Assert.False(Store.Statistics.IsDegraded);
    }

    [Theory]
    [InlineData(StorageSite.AppendBefore)]
    [InlineData(StorageSite.CommitBefore)]
    [InlineData(StorageSite.AppendAfter)]
    public async Task Who_stops_waiting_does_not_stop_the_write(StorageSite site)
    {
        var journal = Store.Journal("space", "a");
        using var cancellation = new CancellationTokenSource();
        var stall = Faults.StallOnce(site);
        var append = journal.AppendAsync(0, Entries("1"), cancellation.Token);
        await stall.Reached;

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        stall.Release();

        await journal.AppendAsync(1, Entries("2"), Cancellation);
        Assert.Equal(["1", "2"], Texts(await journal.LoadAsync(Cancellation)));
    }

    [Fact]
    public async Task Who_stops_waiting_for_a_stalled_read_hears_of_it_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        var stall = Faults.StallOnce(StorageSite.JournalLoad);
        var load = Store.Journal("space", "a").LoadAsync(cancellation.Token);
        await stall.Reached;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        stall.Release();
    }

    [Fact]
    public async Task Writes_of_one_actor_keep_their_order_through_a_stall()
    {
        var journal = Store.Journal("space", "a");
        var stall = Faults.StallOnce(StorageSite.AppendBefore);
        var first = journal.AppendAsync(0, Entries("1"), Cancellation);
        var second = journal.AppendAsync(1, Entries("2"), Cancellation);
        var pages = journal.WritePagesAsync(2, Pages(("x", "x2")), Cancellation);
        await stall.Reached;

        stall.Release();

        await Task.WhenAll(first, second, pages);
        Assert.Equal(2, (await journal.LoadAsync(Cancellation)).SnapshotPosition);
    }

    [Fact]
    public async Task Closing_finishes_what_waits()
    {
        var stall = Faults.StallOnce(StorageSite.CommitBefore);
        var first = Store.Journal("space", "a").AppendAsync(0, Entries("1"), Cancellation);
        await stall.Reached;
        var second = Store.Journal("space", "b").AppendAsync(0, Entries("1"), Cancellation);

        var closing = Store.DisposeAsync();
        stall.Release();
        await closing;

        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
    }

    protected abstract Task<IEmbeddedStore> OpenOtherAsync(IStorageFaults faults);

    private sealed class ThrowingFaults : IStorageFaults
    {
        public ValueTask AtAsync(StorageSite site, string kind, string key) =>
            site == StorageSite.AppendBefore ? throw new FormatException("Odd.") : default;
    }
}
