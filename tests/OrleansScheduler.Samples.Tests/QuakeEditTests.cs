using OrleansScheduler.Documents;
using OrleansScheduler.Samples.Earthquakes;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class QuakeEditTests(ITestOutputHelper output)
{
    private static EarthquakeData Data => SampleFile.Data;

    [Fact]
    public async Task A_new_strongest_quake_reruns_its_region_its_bands_and_what_follows()
    {
        using var world = await WholeWeekAsync();
        var quake = Data.Quakes.First(quake => quake is { Region: "CA", Magnitude: 1.2m });

        world.SetMagnitude(quake.Id, 9.1m);
        var ran = await world.SettleAsync();

        Assert.Equal(
            ["band 1-2", "band 6+", "bands CA", "ranking", "report", "strongest CA", "summary"],
            ran.Order(StringComparer.Ordinal));
        SameDocuments.Verify(
            ExpectedDocuments.After(Data, Data.Quakes.Length, new Dictionary<string, decimal> { [quake.Id] = 9.1m }),
            world.Space.Documents);
    }

    [Fact]
    public async Task An_edit_that_makes_no_difference_further_on_ends_there()
    {
        using var world = await WholeWeekAsync();
        var quake = Data.Quakes.First(quake => quake is { Region: "Alaska", Magnitude: 1.2m });

        world.SetMagnitude(quake.Id, 1.3m);
        var ran = await world.SettleAsync();

        Assert.Equal(["bands Alaska", "strongest Alaska"], ran.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_edit_to_an_equal_value_runs_nothing()
    {
        using var world = await WholeWeekAsync();
        var quake = Data.Quakes.First(quake => quake is { Region: "Alaska", Magnitude: 1.2m });

        world.SetMagnitude(quake.Id, 1.200m);

        Assert.Empty(await world.SettleAsync());
    }

    [Fact]
    public async Task In_a_small_region_only_bands_follow()
    {
        using var world = await WholeWeekAsync();
        var quake = Data.Quakes.First(quake => quake is { Region: "Japan", Magnitude: >= 4 and < 5 });

        world.SetMagnitude(quake.Id, 7);
        var ran = await world.SettleAsync();

        Assert.Equal(["band 4-5", "band 6+", "bands other", "summary"], ran.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Mean_depths_never_read_a_magnitude()
    {
        using var world = await WholeWeekAsync();

        foreach (var region in Data.BigRegions)
        {
            var reads = world.Runs[$"mean depth {region}"].Reads.Select(read => read.Address.ToString()).ToArray();
            var quakes = Data.Quakes.Where(quake => quake.Region == region).Select(quake => $"quake.{quake.Id}/depth");
            Assert.Equal(quakes.Append($"index.{region}/quakes").Order(StringComparer.Ordinal), reads.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Many_edits_give_what_a_computation_from_scratch_gives()
    {
        const int Seed = 20180207;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var edits = new Dictionary<string, decimal>();
        using var world = await WholeWeekAsync();

        for (var i = 0; i < 100; i++)
        {
            var quake = Data.Quakes[random.Next(Data.Quakes.Length)];
            edits[quake.Id] = random.Next(-20, 100) / 10m;
            world.SetMagnitude(quake.Id, edits[quake.Id]);
            Assert.DoesNotContain(await world.SettleAsync(), name => name.StartsWith("mean depth", StringComparison.Ordinal));
        }

        SameDocuments.Verify(ExpectedDocuments.After(Data, Data.Quakes.Length, edits), world.Space.Documents);
    }

    [Fact]
    public async Task A_corrected_time_concerns_the_hourly_rate_only()
    {
        using var world = await WholeWeekAsync();
        var quake = Data.Quakes.First(quake => quake.Region == "CA");

        world.Space.Write(Address.Parse($"index.CA/quakes/{quake.Id}"), "2018-01-01T00:00:00.000Z");
        var ran = await world.SettleAsync();

        Assert.Equal(["hourly rate", "summary"], ran.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_number_counts_as_unknown()
    {
        using var world = await WholeWeekAsync();
        var strongest = ((JsonObject)world.Space.Documents["strongest.Chile"])["id"]!.AsText();

        world.Space.Write(Address.Parse($"quake.{strongest}/mag"), "strong");
        await world.SettleAsync();

        Assert.NotEqual(strongest, ((JsonObject)world.Space.Documents["strongest.Chile"])["id"]!.AsText());
    }

    private static async Task<SampleWorld> WholeWeekAsync()
    {
        var world = new SampleWorld(Data);
        await world.FeedAsync(Data.Quakes.Length);
        await world.SettleAsync();
        return world;
    }
}
