using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>Bytes change anywhere in the file: either everything is there, or it is said what is not.</summary>
public sealed class RandomDamageTests : IAsyncLifetime
{
    private const int PageBytes = 4_096;
    private const int Damages = 250;

    private readonly TestFolder _folder = new();
    private SortedDictionary<string, string> _truth = [];
    private byte[] _file = [];

    public async ValueTask InitializeAsync()
    {
        await using (var store = await SqliteStores.OpenAsync(_folder, change: options => (options.CleanBytesMin, options.CleanRowsMax) = (20_000, 16)))
        {
            await DamageExperiment.FillAsync(store);
            _truth = await DamageExperiment.ReadAsync(store);
        }

        _file = await File.ReadAllBytesAsync(_folder.Database, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return default;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_damage_makes_a_state_shorter_or_other_without_a_word(int seed)
    {
        var random = new Random(Environment.GetEnvironmentVariable("SCHEDULER_TEST_SEED") is { } given ? int.Parse(given) : seed);
        var (whole, partly, refused) = (0, 0, 0);
        for (var number = 0; number < Damages; number++)
        {
            var (file, what) = Damage(random);
            using var folder = new TestFolder();
            await File.WriteAllBytesAsync(folder.Database, file, TestContext.Current.CancellationToken);
            var wrong = new List<string>();
            try
            {
                await using var store = await SqliteStores.OpenAsync(folder);
                var lines = await DamageExperiment.ReadAsync(store);
                var others = lines.Where(line => line.Value != _truth[line.Key]).ToList();
                _ = others.Count == 0 ? whole++ : partly++;
                wrong.AddRange(others.Where(line => !IsSaid(store, line.Key, line.Value)).Select(line => $"{line.Key}: {line.Value}"));
                wrong.AddRange(store.Incarnation == 2 ? [] : [$"incarnation {store.Incarnation}"]);
            }
            catch (SchedulerException refusal) when (refusal.Code is ErrorCodes.CorruptState or ErrorCodes.StorageFailed)
            {
                Assert.Contains("scheduler.db", refusal.Message + refusal.Details.GetValueOrDefault("row") + refusal.Details.GetValueOrDefault("file") + (refusal is CorruptStateException ? "scheduler.db" : ""), StringComparison.Ordinal);
                refused++;
            }

            Assert.True(wrong.Count == 0, $"Seed {seed}, damage {number} ({what}): {string.Join("; ", wrong)}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}: {whole} whole, {partly} partly refused, {refused} refused");
        Assert.True(whole > 0 && partly > 0 && refused > 0);
    }

    /// <summary>A damaged wake-up comes early instead of being refused, and health says so.</summary>
    private static bool IsSaid(SqliteStore store, string key, string line) =>
        DamageExperiment.IsRefusal(line) || (key == "wakeups" && store.Statistics.LastFailure?.Code == ErrorCodes.CorruptState);

    private (byte[] File, string What) Damage(Random random)
    {
        var file = (byte[])_file.Clone();
        var pages = file.Length / PageBytes;
        var (page, at) = (random.Next(pages), random.Next(file.Length));
        switch (random.Next(8))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                return (file, $"a bit at {at}");
            case 1:
                var inHeader = (page * PageBytes) + (page == 0 ? 100 : 0) + random.Next(12);
                file[inHeader] = (byte)random.Next(256);
                return (file, $"page header at {inHeader}");
            case 2:
                var inPointers = (page * PageBytes) + (page == 0 ? 108 : 8) + random.Next(40);
                file[inPointers] = (byte)random.Next(256);
                return (file, $"cell pointer at {inPointers}");
            case 3:
                var length = Math.Min(random.Next(1, 200), file.Length - at);
                random.NextBytes(file.AsSpan(at, length));
                return (file, $"{length} bytes at {at}");
            case 4:
                file.AsSpan(page * PageBytes, PageBytes).Clear();
                return (file, $"page {page} is empty");
            case 5:
                var other = random.Next(pages);
                _file.AsSpan(other * PageBytes, PageBytes).CopyTo(file.AsSpan(page * PageBytes));
                return (file, $"page {page} is page {other}");
            case 6:
                file[random.Next(100)] = (byte)random.Next(256);
                return (file, "file header");
            default:
                return (file[..at], $"cut at {at}");
        }
    }
}
