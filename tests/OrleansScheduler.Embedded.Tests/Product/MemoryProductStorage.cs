using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>State in memory; a crash leaves what was acknowledged in that instant.</summary>
internal sealed class MemoryProductStorage : IProductStorage
{
    private MemoryStore? _store;
    private MemoryImage? _crashed;

    public NextAppendFails Faults { get; } = new();

    public Task<IEmbeddedStore> OpenAsync(TimeProvider time)
    {
        MemoryImage image = _crashed ?? _store?.Snapshot() ?? MemoryImage.Empty;
        _crashed = null;
        _store = new MemoryStore(image, Faults, time);
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
