using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class EarthquakeSampleTests
{
    [Fact]
    public void Everything_is_defined_in_one_space_by_one_set()
    {
        var file = SampleDefinitions.File;

        Assert.Equal("default/earthquakes", file.Set);
        Assert.Equal(89, file.Actions.Length);
        Assert.All(file.Actions, action => Assert.Equal(EarthquakeSample.Space, action.Space));
        Assert.Empty(file.Documents);
        Assert.Empty(file.Groups);
    }

    [Fact]
    public void The_feeder_runs_its_handler_on_the_space_of_the_sample()
    {
        var feeder = Assert.Single(SampleDefinitions.File.Schedules);

        Assert.Equal(EarthquakeSample.FeederSchedule, feeder.Schedule);
        Assert.Equal(new IntervalTrigger(TimeSpan.FromMilliseconds(200)), feeder.Definition.Trigger);
        Assert.Equal(new HandlerTarget("earthquakes.feeder", EarthquakeSample.Space), feeder.Definition.Target);
        Assert.Equal(TimeSpan.FromSeconds(30), feeder.Definition.EffectiveMaxRunDuration);
    }

    [Fact]
    public void Every_handler_is_registered_without_reading_the_data()
    {
        var handlers = new HandlerCatalog();

        EarthquakeSample.AddHandlers(handlers, new SampleOptions { Folder = "unused", DataFile = "missing.json" });

        var used = SampleDefinitions.File.Actions.Select(action => action.Definition.Handler).Append("earthquakes.feeder");
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), handlers.Names);
    }
}
