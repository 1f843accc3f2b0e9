using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded.Tests.Storage;

public sealed class MemoryStoreFaultTests : StoreFaultContractTests
{
    protected override Task<IEmbeddedStore> OpenAsync() => OpenOtherAsync(Faults);

    protected override Task<IEmbeddedStore> OpenOtherAsync(IStorageFaults faults) =>
        Task.FromResult<IEmbeddedStore>(new MemoryStore(MemoryImage.Empty, faults, new StoppedClock()));
}
