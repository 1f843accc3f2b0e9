using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Embedded.Storage.Archives;
using OrleansScheduler.Embedded.Tests.Product;

namespace OrleansScheduler.Embedded.Tests.Archives;

/// <summary>State that begins with what an archive holds.</summary>
internal sealed class ImportedStorage(byte[] archive, bool onSqlite) : IProductStorage
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orleans-scheduler-");

    public NextAppendFails Faults { get; } = new();

    public async Task<IEmbeddedStore> OpenAsync(TimeProvider time)
    {
        using var stream = new MemoryStream(archive);
        if (!onSqlite)
        {
            return new MemoryStore(await MemoryImport.ReadAsync(stream, CancellationToken.None), Faults, time);
        }

        await EmbeddedArchive.ImportAsync(_folder.FullName, stream, CancellationToken.None);
        return await SqliteStore.OpenAsync(new SqliteStoreOptions { Folder = _folder.FullName }, Faults, time, CancellationToken.None);
    }

    public Task CrashAsync() => throw new NotSupportedException("It is imported once.");

    public void Dispose() => _folder.Delete(recursive: true);
}
