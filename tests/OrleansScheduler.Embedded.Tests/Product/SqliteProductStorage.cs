using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>State in a file in a folder of its own; a crash takes the file away from the running scheduler.</summary>
internal sealed class SqliteProductStorage : IProductStorage
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orleans-scheduler-");
    private SqliteStore? _store;

    public NextAppendFails Faults { get; } = new();

    public async Task<IEmbeddedStore> OpenAsync(TimeProvider time)
    {
        var options = new SqliteStoreOptions { Folder = _folder.FullName };
        return _store = await SqliteStore.OpenAsync(options, Faults, time, CancellationToken.None);
    }

    public async Task CrashAsync() => await _store!.DisposeAsync();

    public void Dispose() => _folder.Delete(recursive: true);
}
