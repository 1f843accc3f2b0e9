using System.Text.Json;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Samples.Earthquakes.Magnitudes;
using OrleansScheduler.Samples.Tests;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>The whole product on real input, killed again and again.</summary>
/// <remarks>SIGKILL takes the process, not the machine: it proves nothing about power loss, which depends on what the disk does with a flush.</remarks>
public sealed class KilledFeedTests
{
    private const int Kills = 20;
    private const string Space = "spaces/earthquakes";

    [Fact]
    public async Task Twenty_kills_in_mid_feed_lose_nothing_and_run_nothing_that_is_clean()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SCHEDULER_TEST_SEED"), out int chosen) ? chosen : 20;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        EarthquakeData data = new SampleOptions { Folder = Path.GetTempPath() }.Data;
        using var folder = new DataFolder();
        HostProcess host = await HostProcess.StartAsync(folder.Path, "--sample-period", "10ms");
        int lastPosition = 0;

        for (int kill = 1; kill <= Kills; kill++)
        {
            await FeedAsync(host, random.Next(20, 200));
            await host.KillAsync();
            await host.DisposeAsync();
            StoredSpace stored = await StoredSpace.ReadAsync(folder);
            host = await HostProcess.StartAsync(folder.Path, "--sample-period", "10ms", "--hold");
            await IdleAsync(host);

            await AssertOnlyOwedRunsAsync(host, stored);
            lastPosition = await AssertGaplessAsync(host, data, lastPosition, data.Quakes.Length);
            await host.PostAsync("ops/release");
        }

        await CompleteAsync(host);
        await AssertDocumentsAsync(host, data);
        await AssertEditRerunsItsReadersAsync(host, data);
        await host.DisposeAsync();
    }

    private static async Task FeedAsync(HostProcess host, int commits)
    {
        long start = (await host.GetAsync($"{Space}/commits?after=9007199254740991")).GetProperty("sequence").GetInt64();
        for (long now = start; now < start + commits;)
        {
            now = (await host.GetAsync($"{Space}/commits?after={now}&limit=1&wait=20s")).GetProperty("sequence").GetInt64();
        }
    }

    private static async Task IdleAsync(HostProcess host)
    {
        JsonElement answer = await host.GetAsync($"{Space}/idle?wait=20s");

        Assert.True(answer.GetProperty("idle").GetBoolean());
    }

    private static async Task AssertOnlyOwedRunsAsync(HostProcess host, StoredSpace stored)
    {
        JsonElement graph = await host.GetAsync($"{Space}/graph");
        foreach (JsonElement node in graph.GetProperty("nodes").EnumerateArray())
        {
            ActionId action = ActionId.Parse(node.GetProperty("action").GetString()!);
            long runs = node.GetProperty("runs").GetInt64();
            Assert.Equal("clean", node.GetProperty("state").GetString());
            if (stored.Unreached.Contains(action))
            {
                Assert.True(stored.Runs[action] == runs, $"{action} was clean with {stored.Runs[action]} runs and now has {runs}.");
            }
            else
            {
                Assert.InRange(runs, stored.Runs[action], stored.Runs[action] + 1);
            }
        }
    }

    private static async Task<int> AssertGaplessAsync(HostProcess host, EarthquakeData data, int lastPosition, int total)
    {
        JsonElement feeder = (await host.GetAsync($"{Space}/documents/feeder")).GetProperty("value");
        int position = feeder.GetProperty("position").GetInt32();
        HashSet<string> expected = [.. data.Quakes.Take(position).Select(quake => $"quake.{quake.Id}")];

        HashSet<string> found = [.. (await DocumentsAsync(host)).Where(id => id.StartsWith("quake.", StringComparison.Ordinal))];

        Assert.InRange(position, lastPosition, total);
        Assert.True(expected.SetEquals(found), $"At position {position} there are {found.Count} quakes; missing {string.Join(", ", expected.Except(found).Take(5))}.");
        return position;
    }

    private static async Task CompleteAsync(HostProcess host)
    {
        while ((await host.GetAsync("schedules/feeder")).GetProperty("state").GetString() != "completed")
        {
            await FeedAsync(host, 1);
        }

        await IdleAsync(host);
    }

    private static async Task AssertDocumentsAsync(HostProcess host, EarthquakeData data)
    {
        var expected = ExpectedDocuments.After(data, data.Quakes.Length);

        List<string> documents = await DocumentsAsync(host);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), documents);
        foreach ((string id, JsonValue value) in expected)
        {
            JsonElement found = (await host.GetAsync($"{Space}/documents/{Uri.EscapeDataString(id)}")).GetProperty("value");
            Assert.True(JsonValue.Same(value, JsonValue.Parse(found.GetRawText())), $"{id} is {found.GetRawText()} instead of {value}.");
        }
    }

    private static async Task AssertEditRerunsItsReadersAsync(HostProcess host, EarthquakeData data)
    {
        Earthquake edited = data.Quakes.First(quake => quake.Region == "Alaska");
        string id = edited.Id;
        string oldBand = $"band {MagnitudeBands.Of(edited.Magnitude!.Value)}";
        Dictionary<string, long> before = await RunsAsync(host);

        await host.PutAsync($"{Space}/documents/quake.{id}?path=/mag", "9.1");
        await IdleAsync(host);

        Dictionary<string, long> after = await RunsAsync(host);
        Assert.Equal(
            new[] { oldBand, "band 6+", "bands Alaska", "ranking", "report", "strongest Alaska", "summary" }.Order(StringComparer.Ordinal),
            after.Keys.Where(name => after[name] != before[name]).Order(StringComparer.Ordinal));
        JsonElement cause = (await host.GetAsync($"{Space}/explain/strongest%20Alaska")).GetProperty("run").GetProperty("causes")[0];
        Assert.Equal($"quake.{id}/mag", cause.GetProperty("address").GetString());
        Assert.NotEqual(cause.GetProperty("from").GetProperty("hash").GetString(), cause.GetProperty("to").GetProperty("hash").GetString());
        Assert.True(cause.GetProperty("from").GetProperty("sequence").GetInt64() < cause.GetProperty("to").GetProperty("sequence").GetInt64());
    }

    private static async Task<Dictionary<string, long>> RunsAsync(HostProcess host) =>
        (await host.GetAsync($"{Space}/graph")).GetProperty("nodes").EnumerateArray()
        .ToDictionary(node => node.GetProperty("name").GetString()!, node => node.GetProperty("runs").GetInt64());

    private static async Task<List<string>> DocumentsAsync(HostProcess host)
    {
        List<string> documents = [];
        string query = "limit=1000";
        for (string? next = query; next is not null;)
        {
            JsonElement page = await host.GetAsync($"{Space}/documents?{next}");
            documents.AddRange(page.GetProperty("documents").EnumerateArray().Select(id => id.GetString()!));
            next = page.TryGetProperty("next", out JsonElement after) ? $"{query}&after={Uri.EscapeDataString(after.GetString()!)}" : null;
        }

        return documents;
    }
}
