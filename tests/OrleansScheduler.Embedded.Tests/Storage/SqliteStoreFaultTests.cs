using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded.Tests.Storage;

public sealed class SqliteStoreFaultTests : StoreFaultContractTests
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _other = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        _other.Dispose();
    }

    protected override async Task<IEmbeddedStore> OpenAsync() => await SqliteStores.OpenAsync(_folder, Faults);

    protected override async Task<IEmbeddedStore> OpenOtherAsync(IStorageFaults faults) =>
        await SqliteStores.OpenAsync(_other, faults);
}
