using OrleansScheduler.Documents;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Samples.Earthquakes.Feeding;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class FeedQuakesTests
{
    private static readonly EarthquakeData Data = new(SampleFile.Data.Quakes.Take(3));

    [Fact]
    public async Task One_run_commits_quake_index_entry_and_position_together()
    {
        var quake = Data.Quakes[0];

        var run = await RunAsync(new MemorySpace());

        Assert.Equal(
            [$"quake.{quake.Id}", $"index.{quake.Region}/quakes/{quake.Id}", "feeder"],
            run.Writes.Select(write => write.Address.ToString()));
        Assert.Equal(
            JsonValue.Parse($$"""{"position":1,"last":"{{quake.Id}}","total":3}"""),
            run.Writes[^1].Value);
        Assert.Equal("feeder", Assert.Single(run.Reads).Address.ToString());
    }

    [Fact]
    public async Task Quakes_come_oldest_first_and_the_last_one_completes_the_schedule()
    {
        var space = new MemorySpace();
        var fed = new List<string>();
        var completed = new List<bool>();

        for (var i = 0; i < 3; i++)
        {
            var run = await RunAsync(space);
            fed.Add(((JsonObject)space.Documents["feeder"])["last"]!.AsText());
            completed.Add(run.IsScheduleCompleted);
        }

        Assert.Equal(Data.Quakes.Select(quake => quake.Id), fed);
        Assert.Equal([false, false, true], completed);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("1707")]
    [InlineData("9000000000")]
    public async Task At_the_end_it_completes_without_a_write(string position)
    {
        var space = new MemorySpace();
        space.Write(Address.Parse("feeder"), JsonValue.Parse($$"""{"position":{{position}}}"""));

        var run = await RunAsync(space);

        Assert.True(run.IsScheduleCompleted);
        Assert.Empty(run.Writes);
    }

    [Theory]
    [InlineData("""{"position":-1}""")]
    [InlineData("""{"position":"one"}""")]
    [InlineData("[]")]
    public async Task From_a_position_that_is_none_it_starts_over(string feeder)
    {
        var space = new MemorySpace();
        space.Write(Address.Parse("feeder"), JsonValue.Parse(feeder));

        await RunAsync(space);

        Assert.Contains($"quake.{Data.Quakes[0].Id}", space.Documents.Keys);
    }

    private static async Task<MemoryRun> RunAsync(MemorySpace space)
    {
        var run = new MemoryRun(space);
        await new FeedQuakes(Data).HandleAsync(run);
        run.Commit();
        return run;
    }
}
