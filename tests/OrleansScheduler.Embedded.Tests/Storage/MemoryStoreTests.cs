using OrleansScheduler.Embedded.Storage;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

public sealed class MemoryStoreTests : StoreContractTests
{
    private MemoryStore? _memory;

    [Fact]
    public void Everything_completes_synchronously()
    {
        var journal = Store.Journal("space", "a");

        Assert.True(journal.AppendAsync(0, Entries("1"), Cancellation).IsCompletedSuccessfully);
        Assert.True(journal.WritePagesAsync(1, Pages(("x", "x1")), Cancellation).IsCompletedSuccessfully);
        Assert.True(journal.LoadAsync(Cancellation).IsCompletedSuccessfully);
        Assert.True(Store.State("space", "a").WriteAsync("s", Bytes("1"), null, Cancellation).IsCompletedSuccessfully);
        Assert.True(Store.ListWakeupsAsync(null, 1, Cancellation).IsCompletedSuccessfully);
        Assert.True(Store.DisposeAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_snapshot_holds_what_had_landed_and_nothing_later()
    {
        var journal = Store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1"), Cancellation);
        var stall = Faults.StallOnce(StorageSite.CommitBefore);
        var second = journal.AppendAsync(1, Entries("2"), Cancellation);
        await stall.Reached;

        var image = _memory!.Snapshot();
        stall.Release();
        await second;

        await using var survivor = new MemoryStore(image, NoFaults.Instance, new StoppedClock());
        Assert.Equal(["1"], Texts(await survivor.Journal("space", "a").LoadAsync(Cancellation)));
        Assert.Equal(2, survivor.Incarnation);
    }

    protected override Task<IEmbeddedStore> OpenAsync()
    {
        _memory = new MemoryStore(_memory?.Snapshot() ?? MemoryImage.Empty, Faults, new StoppedClock());
        return Task.FromResult<IEmbeddedStore>(_memory);
    }
}
