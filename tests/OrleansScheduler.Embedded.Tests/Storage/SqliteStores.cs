using OrleansScheduler.Embedded.Storage;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Opens stores in test folders.</summary>
internal static class SqliteStores
{
    public static Task<SqliteStore> OpenAsync(
        TestFolder folder, IStorageFaults? faults = null, Action<SqliteStoreOptions>? change = null)
    {
        var options = new SqliteStoreOptions { Folder = folder.Path };
        change?.Invoke(options);
        return SqliteStore.OpenAsync(
            options, faults ?? NoFaults.Instance, new StoppedClock(), TestContext.Current.CancellationToken);
    }
}
