using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

public sealed class LogCleanerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_steady_load_does_not_let_the_file_grow()
    {
        await using (var store = await OpenAsync())
        {
            // A journal that never moves on lies at the front of the log, in the way of trimming it.
            var idle = store.Journal("space", "idle");
            for (var i = 0; i < 100; i++)
            {
                await idle.AppendAsync(i, Entries($"{i}:{new string('i', 500)}"), Cancellation);
            }

            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => LoadAsync(store.Journal("space", $"busy{i}"), rounds: 100)));

            Assert.True(store.Statistics.Cleanings > 10);
            Assert.True(store.Statistics.BytesDead < 400_000, $"{store.Statistics.BytesDead} dead bytes");
        }

        // 8 times 2,000 entries of 500 bytes went through: 8 MB.
        Assert.True(new FileInfo(_folder.Database).Length < 1_000_000, $"{new FileInfo(_folder.Database).Length} bytes");
        await using var reopened = await OpenAsync();
        var texts = Texts(await reopened.Journal("space", "idle").LoadAsync(Cancellation));
        Assert.Equal(Enumerable.Range(0, 100), texts.Select(text => int.Parse(text.Split(':')[0])));
    }

    [Fact]
    public async Task Cleaning_keeps_up_with_large_groups_in_small_steps()
    {
        await using (var store = await SqliteStores.OpenAsync(
            _folder, change: options => (options.CleanBytesMin, options.CleanRowsMax, options.CleanBytesMax) = (65_536, 2, 4_096)))
        {
            await Task.WhenAll(Enumerable.Range(0, 64).Select(i => LoadAsync(store.Journal("space", $"busy{i}"), rounds: 8)));

            Assert.True(store.Statistics.BytesDead < 2_000_000, $"{store.Statistics.BytesDead} dead bytes");
        }

        // 64 times 160 entries of 500 bytes went through, and less than 64 times 20 of them, 640 kB, live at any time.
        Assert.True(new FileInfo(_folder.Database).Length < 2_500_000, $"{new FileInfo(_folder.Database).Length} bytes");
    }

    [Fact]
    public async Task Loads_are_right_while_rows_change_places()
    {
        await using var store = await OpenAsync();
        var idle = store.Journal("space", "idle");
        for (var i = 0; i < 100; i++)
        {
            await idle.AppendAsync(i, Entries($"{i}"), Cancellation);
        }

        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(i => LoadAsync(store.Journal("space", $"busy{i}"), rounds: 100)));
        var expected = Enumerable.Range(0, 100).Select(i => $"{i}").ToArray();
        var loads = 0;
        for (; !load.IsCompleted || loads < 10; loads++)
        {
            Assert.Equal(expected, Texts(await idle.LoadAsync(Cancellation)));
        }

        await load;
        Assert.True(store.Statistics.Cleanings > 10);
    }

    [Fact]
    public async Task A_cleaning_that_fails_changes_nothing()
    {
        var faults = new ScriptedFaults();
        await using var store = await OpenAsync(faults);
        faults.Fail(StorageSite.Clean, forKey: "");
        await LoadAsync(store.Journal("space", "a"), rounds: 50);
        var failed = store.Statistics;

        faults.Disarm();
        await LoadAsync(store.Journal("space", "b"), rounds: 50);

        Assert.Equal(0, failed.Cleanings);
        Assert.Equal("Told to fail.", failed.LastFailure?.Message);
        Assert.True(store.Statistics.Cleanings > 0);
        Assert.Equal(1_000, (await store.Journal("space", "a").LoadAsync(Cancellation)).SnapshotPosition);
    }

    /// <summary>Twenty entries of 500 bytes, a snapshot, a truncation; again and again.</summary>
    private static async Task LoadAsync(IJournalStorage journal, int rounds)
    {
        var text = new string('x', 500);
        for (var position = 0; position < rounds * 20;)
        {
            for (var i = 0; i < 20; i++)
            {
                await journal.AppendAsync(position++, Entries(text), Cancellation);
            }

            await journal.WritePagesAsync(position, Pages(("p", $"{position}")), Cancellation);
            await journal.TruncateAsync(position, Cancellation);
        }
    }

    private Task<SqliteStore> OpenAsync(IStorageFaults? faults = null) => SqliteStores.OpenAsync(
        _folder, faults, options => (options.CleanBytesMin, options.CleanRowsMax) = (65_536, 32));
}
