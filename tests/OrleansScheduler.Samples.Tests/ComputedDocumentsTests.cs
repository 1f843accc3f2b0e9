using OrleansScheduler.Documents;
using OrleansScheduler.Samples.Earthquakes;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class ComputedDocumentsTests
{
    private static EarthquakeData Data => SampleFile.Data;

    [Fact]
    public async Task The_whole_week_gives_what_a_computation_from_scratch_gives()
    {
        using var world = new SampleWorld(Data);
        await world.FeedAsync(Data.Quakes.Length);

        var ran = await world.SettleAsync();

        Assert.Equal(world.Actions.Length, ran.Length);
        Assert.Equal(1707 + 74 + 1 + world.Actions.Length - 2, world.Space.Documents.Count);
        SameDocuments.Verify(ExpectedDocuments.After(Data, Data.Quakes.Length), world.Space.Documents);
    }

    [Fact]
    public async Task Before_the_first_quake_there_are_empty_statistics()
    {
        using var world = new SampleWorld(Data);

        await world.SettleAsync();

        SameDocuments.Verify(ExpectedDocuments.After(Data, 0), world.Space.Documents);
        Assert.Equal(JsonValue.Parse("""{"regions":[]}"""), world.Space.Documents["ranking"]);
    }

    [Fact]
    public async Task Quake_by_quake_the_documents_follow()
    {
        using var world = new SampleWorld(Data);

        for (var position = 1; position <= 300; position++)
        {
            await world.FeedAsync(1);
            await world.SettleAsync();
            if (position % 25 == 0)
            {
                SameDocuments.Verify(ExpectedDocuments.After(Data, position), world.Space.Documents);
            }
        }
    }

    [Fact]
    public async Task Once_settled_nothing_runs()
    {
        using var world = new SampleWorld(Data);
        await world.FeedAsync(100);
        await world.SettleAsync();

        Assert.Empty(await world.SettleAsync());
    }

    [Fact]
    public async Task Unknown_magnitudes_and_depths_are_left_out()
    {
        var time = DateTimeOffset.UnixEpoch;
        var data = new EarthquakeData(Enumerable.Range(0, 6).Select(i => new Earthquake(
            $"q{i}", i % 2 == 0 ? null : i, "near A, CA", time.AddHours(i), i < 5 ? null : 2.5m, 0, 0)));
        using var world = new SampleWorld(data);
        await world.FeedAsync(6);

        await world.SettleAsync();

        string[] ofRegion = ["count.CA", "strongest.CA", "depth.CA", "bands.CA"];
        var expected = ExpectedDocuments.After(data, 6);
        Assert.All(ofRegion, document => Assert.Equal(expected[document], world.Space.Documents[document]));
        Assert.Equal(JsonValue.Parse("""{"count":6}"""), world.Space.Documents["count.CA"]);
        Assert.Equal(JsonValue.Parse("""{"id":"q5","mag":5}"""), world.Space.Documents["strongest.CA"]);
        Assert.Equal(JsonValue.Parse("""{"mean":2.5,"n":1}"""), world.Space.Documents["depth.CA"]);
    }
}
