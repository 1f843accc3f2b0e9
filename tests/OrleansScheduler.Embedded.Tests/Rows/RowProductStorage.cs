using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Tests.Product;

namespace OrleansScheduler.Embedded.Tests.Rows;

/// <summary>State in rows in memory; a crash leaves every row that was written in that instant, whether a head names it or not.</summary>
internal sealed class RowProductStorage : IProductStorage
{
    private RowStore? _store;
    private MemoryImage? _crashed;
    private UntilCrash? _life;

    public NextAppendFails Faults { get; } = new();

    public Task<IEmbeddedStore> OpenAsync(TimeProvider time)
    {
        MemoryImage image = _crashed ?? _store?.Snapshot() ?? MemoryImage.Empty;
        _crashed = null;
        _life = new UntilCrash(Faults);
        _store = new RowStore(image, _life, time);
        return Task.FromResult<IEmbeddedStore>(_store);
    }

    public Task CrashAsync()
    {
        // First dead, then looked at: what was acknowledged before is in the image, and nothing is acknowledged after it.
        _life!.End();
        _crashed = _store!.Snapshot();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }
}
