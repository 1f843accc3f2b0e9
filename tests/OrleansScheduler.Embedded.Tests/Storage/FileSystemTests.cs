using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Real file systems that are full or read-only.</summary>
public sealed class FileSystemTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_file_system_stops_writes_keeps_reads_and_heals()
    {
        using var disk = SmallDisk.Mount(kilobytes: 1_024);
        var acknowledged = 0;
        await using (var store = await OpenAsync(disk.Path))
        {
            var journal = store.Journal("space", "a");
            var full = await Assert.ThrowsAsync<StorageException>(async () =>
            {
                for (; acknowledged < 1_000; acknowledged++)
                {
                    await journal.AppendAsync(acknowledged, Entries(Large(acknowledged)), Cancellation);
                }
            });
            var health = store.Statistics;
            var whileFull = await journal.LoadAsync(Cancellation);
            disk.Resize(8_192);
            await journal.AppendAsync(acknowledged++, Entries("last"), Cancellation);

            Assert.Equal((ErrorCodes.StorageFull, true), (full.Code, full.IsTransient));
            Assert.Equal((true, ErrorCodes.StorageFull), (health.IsDegraded, health.LastFailure?.Code));
            Assert.Equal(acknowledged - 1, whileFull.Entries.Length);
            Assert.False(store.Statistics.IsDegraded);
        }

        await using var reopened = await OpenAsync(disk.Path);
        var texts = Texts(await reopened.Journal("space", "a").LoadAsync(Cancellation));
        Assert.Equal([.. Enumerable.Range(0, acknowledged - 1).Select(Large), "last"], texts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Opening_on_a_full_file_system_says_so(bool isNew)
    {
        using var disk = SmallDisk.Mount(kilobytes: 512);
        if (!isNew)
        {
            await (await OpenAsync(disk.Path)).DisposeAsync();
        }

        disk.Fill();
        var refusal = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(disk.Path));
        disk.Resize(4_096);
        await using var store = await OpenAsync(disk.Path);

        Assert.Equal((ErrorCodes.StorageFull, true), (refusal.Code, refusal.IsTransient));
        Assert.Contains(disk.Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_on_a_read_only_file_system_says_so()
    {
        using var disk = SmallDisk.Mount(kilobytes: 512);
        await (await OpenAsync(disk.Path)).DisposeAsync();
        disk.Remount("ro");

        var refusal = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(disk.Path));

        disk.Remount("rw");
        Assert.Equal(ErrorCodes.StorageFailed, refusal.Code);
        Assert.Contains($"The data folder {disk.Path} is read-only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_a_read_only_file_says_so()
    {
        using var folder = new TestFolder();
        await (await OpenAsync(folder.Path)).DisposeAsync();
        Freeze(folder, isFrozen: true);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(folder.Path));

        Freeze(folder, isFrozen: false);
        Assert.Equal((ErrorCodes.StorageFailed, folder.Database), (refusal.Code, refusal.Details["file"]));
        Assert.Contains("read-only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_becomes_read_only_stops_writes_keeps_reads_and_heals()
    {
        using var folder = new TestFolder();
        await using var store = await OpenAsync(folder.Path);
        var journal = store.Journal("space", "a");
        await journal.AppendAsync(0, Entries("1"), Cancellation);
        Freeze(folder, isFrozen: true);
        try
        {
            var refusal = await Assert.ThrowsAsync<StorageException>(() => journal.AppendAsync(1, Entries("2"), Cancellation));

            Assert.Equal((ErrorCodes.StorageFailed, true), (refusal.Code, refusal.IsTransient));
            Assert.True(store.Statistics.IsDegraded);
            Assert.Equal(["1"], Texts(await journal.LoadAsync(Cancellation)));
        }
        finally
        {
            Freeze(folder, isFrozen: false);
        }

        await journal.AppendAsync(1, Entries("2"), Cancellation);
        Assert.False(store.Statistics.IsDegraded);
        Assert.Equal(["1", "2"], Texts(await journal.LoadAsync(Cancellation)));
    }

    /// <summary>Makes the files immutable, which stops root and handles that are open, too. The memory that connections share stays.</summary>
    private static void Freeze(TestFolder folder, bool isFrozen)
    {
        foreach (var file in new[] { folder.Database, folder.Database + "-wal" }.Where(File.Exists))
        {
            if (!SmallDisk.Run("chattr", isFrozen ? "+i" : "-i", file))
            {
                Assert.Skip("No file can be made immutable here: it needs root and a file system that knows it.");
            }
        }
    }

    private static Task<SqliteStore> OpenAsync(string folder) => SqliteStore.OpenAsync(
        new SqliteStoreOptions { Folder = folder }, NoFaults.Instance, new StoppedClock(), Cancellation);

    private static string Large(int i) => $"{i}:" + new string('x', 4_000);
}
