using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Tests.Storage;

namespace OrleansScheduler.Embedded.Tests.Rows;

public sealed class RowStoreFaultTests : StoreFaultContractTests
{
    protected override Task<IEmbeddedStore> OpenAsync() => OpenOtherAsync(Faults);

    protected override Task<IEmbeddedStore> OpenOtherAsync(IStorageFaults faults) =>
        Task.FromResult<IEmbeddedStore>(new RowStore(MemoryImage.Empty, faults, new StoppedClock()));
}
