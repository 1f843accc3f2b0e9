using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Tests.Product;

namespace OrleansScheduler.Embedded.Tests.Rows;

/// <summary>State in rows in memory; a crash leaves every row that was written in that instant, whether a head names it or not.</summary>
internal sealed class RowProductStorage : IProductStorage
{
    private RowStore? _store;
    private MemoryImage? _crashed;

    public NextAppendFails Faults { get; } = new();

    public Task<IEmbeddedStore> OpenAsync(TimeProvider time)
    {
        MemoryImage image = _crashed ?? _store?.Snapshot() ?? MemoryImage.Empty;
        _crashed = null;
        _store = new RowStore(image, Faults, time);
        return Task.FromResult<IEmbeddedStore>(_store);
    }

    public Task CrashAsync()
    {
        _crashed = _store!.Snapshot();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }
}
