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

    /// <summary>Changes rows behind the store's back, as a failing disk would.</summary>
    /// <returns>How many.</returns>
    public static int Damage(TestFolder folder, string sql)
    {
        using var database = Database.Open(folder.Database, readOnly: false);
        database.Execute(sql);
        return database.Changes;
    }
}
