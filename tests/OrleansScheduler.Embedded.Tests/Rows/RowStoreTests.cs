using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Tests.Storage;

namespace OrleansScheduler.Embedded.Tests.Rows;

public sealed class RowStoreTests : StoreContractTests
{
    private RowStore? _rows;

    protected override Task<IEmbeddedStore> OpenAsync()
    {
        _rows = new RowStore(_rows?.Snapshot() ?? MemoryImage.Empty, Faults, new StoppedClock());
        return Task.FromResult<IEmbeddedStore>(_rows);
    }
}
