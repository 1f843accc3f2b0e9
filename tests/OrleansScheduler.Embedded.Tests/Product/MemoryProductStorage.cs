using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>State in memory; a crash leaves what was acknowledged in that instant.</summary>
internal sealed class MemoryProductStorage : IProductStorage
{
    private MemoryStore? _store;
    private MemoryImage? _crashed;
    private UntilCrash? _life;

    public NextAppendFails Faults { get; } = new();

    public Task<IEmbeddedStore> OpenAsync(TimeProvider time)
    {
        MemoryImage image = _crashed ?? _store?.Snapshot() ?? MemoryImage.Empty;
        _crashed = null;
        _life = new UntilCrash(Faults);
        _store = new MemoryStore(image, _life, time);
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
