using OrleansScheduler.Embedded.Storage;
using Xunit;
using static OrleansScheduler.Embedded.Tests.Storage.Sample;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Random work on several journals against a model, with clean ends, crashes and failing writes.</summary>
public sealed class SqliteModelTests
{
    private const int JournalCount = 5;
    private const int Steps = 1_500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_load_gives_what_was_acknowledged(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var models = Enumerable.Range(0, JournalCount).Select(_ => new Model()).ToArray();
        var folder = new TestFolder();
        var faults = new ScriptedFaults();
        var store = await OpenAsync(folder, faults);
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                if (random.Next(100) == 0)
                {
                    (folder, store) = await RestartAsync(folder, store, faults, crash: random.Next(2) == 0);
                    await CheckAllAsync(store, models);
                }

                await StepAsync(store, random, models, faults);
            }

            Assert.True(store.Statistics.BytesDead < 200_000);
            await CheckAllAsync(store, models);
        }
        finally
        {
            await store.DisposeAsync();
            folder.Dispose();
        }
    }

    private static async Task StepAsync(SqliteStore store, Random random, Model[] models, ScriptedFaults faults)
    {
        var no = random.Next(random.Next(JournalCount) + 1);
        var (model, journal) = (models[no], store.Journal("space", $"{no}"));
        var action = random.Next(20);
        if (action < 13)
        {
            var entries = Enumerable.Range(0, random.Next(1, 6))
                .Select(i => $"{no}.{model.End + i}." + new string('x', random.Next(600))).ToArray();
            await journal.AppendAsync(model.End, Entries(entries), Cancellation);
            model.Entries.AddRange(entries);
        }
        else if (action < 16)
        {
            var position = model.Snapshot + random.Next(model.Entries.Count + 1);
            var pages = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(6)).Distinct()
                .Select(name => ($"p{name}", random.Next(3) == 0 ? null : $"{position}")).ToArray();
            await journal.WritePagesAsync(position, Pages(pages), Cancellation);
            model.Write(position, pages);
        }
        else if (action < 18)
        {
            await journal.TruncateAsync(random.NextInt64(model.Snapshot + 1), Cancellation);
        }
        else if (action < 19)
        {
            faults.FailOnce(StorageSite.CommitBefore);
            await Assert.ThrowsAnyAsync<Exception>(() => journal.AppendAsync(model.End, Entries("lost"), Cancellation));
            faults.Disarm();
        }
        else
        {
            await CheckAsync(store, no, model);
        }
    }

    private static async Task<(TestFolder Folder, SqliteStore Store)> RestartAsync(
        TestFolder folder, SqliteStore store, ScriptedFaults faults, bool crash)
    {
        var next = crash ? folder.Crash() : folder;
        await store.DisposeAsync();
        if (crash)
        {
            folder.Dispose();
        }

        return (next, await OpenAsync(next, faults));
    }

    private static async Task CheckAllAsync(SqliteStore store, Model[] models)
    {
        for (var no = 0; no < models.Length; no++)
        {
            await CheckAsync(store, no, models[no]);
        }
    }

    private static async Task CheckAsync(SqliteStore store, int no, Model model)
    {
        var content = await store.Journal("space", $"{no}").LoadAsync(Cancellation);

        Assert.Equal(model.Snapshot, content.SnapshotPosition);
        Assert.Equal(model.Entries, Texts(content));
        Assert.Equal(model.Pages.Select(page => $"{page.Key}={page.Value}"), PageTexts(content));
    }

    private static Task<SqliteStore> OpenAsync(TestFolder folder, IStorageFaults faults) => SqliteStores.OpenAsync(
        folder, faults, options => (options.CleanBytesMin, options.CleanRowsMax) = (16_384, 16));

    private sealed class Model
    {
        public long Snapshot { get; private set; }

        public long End => Snapshot + Entries.Count;

        public List<string> Entries { get; } = [];

        public SortedDictionary<string, string> Pages { get; } = new(StringComparer.Ordinal);

        public void Write(long position, (string Name, string? Content)[] pages)
        {
            Entries.RemoveRange(0, (int)(position - Snapshot));
            Snapshot = position;
            foreach (var (name, content) in pages)
            {
                Pages.Remove(name);
                if (content is not null)
                {
                    Pages[name] = content;
                }
            }
        }
    }
}
