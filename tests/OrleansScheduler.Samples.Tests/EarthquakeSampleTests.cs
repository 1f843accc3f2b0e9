using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Errors;
using OrleansScheduler.Samples.Earthquakes;
using OrleansScheduler.Schedules;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

public sealed class EarthquakeSampleTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Installing_registers_the_actions_and_then_creates_the_feeder()
    {
        var directory = new RecordingDirectory(() => Task.FromResult<ScheduleDetail>(null!));

        await EarthquakeSample.InstallAsync(directory, SampleFile.Data, Period, CancellationToken.None);

        Assert.Equal(
            [("default/earthquakes", "RegisterAsync"), ("default/feeder", "CreateAsync")],
            directory.Calls.Select(call => (call.Key, call.Method)));
        Assert.Equal(89, Assert.IsType<ImmutableArray<ActionDefinition>>(directory.Calls[0].Arguments[0]).Length);
        Assert.Equal(EarthquakeSample.Feeder(Period), directory.Calls[1].Arguments[0]);
    }

    [Fact]
    public async Task A_feeder_with_another_period_is_left_alone()
    {
        var directory = new RecordingDirectory(() => Failed(ErrorCodes.AlreadyExists));

        await EarthquakeSample.InstallAsync(directory, SampleFile.Data, Period, CancellationToken.None);

        Assert.Equal(2, directory.Calls.Count);
    }

    [Fact]
    public async Task Other_failures_reach_the_caller()
    {
        var directory = new RecordingDirectory(() => Failed(ErrorCodes.UnknownHandler));

        var failure = await Assert.ThrowsAsync<SchedulerException>(
            () => EarthquakeSample.InstallAsync(directory, SampleFile.Data, Period, CancellationToken.None));

        Assert.Equal(ErrorCodes.UnknownHandler, failure.Code);
    }

    [Fact]
    public void The_feeder_runs_its_handler_on_the_space_of_the_sample()
    {
        var feeder = EarthquakeSample.Feeder(Period);

        Assert.Equal(new IntervalTrigger(Period), feeder.Trigger);
        Assert.Equal(new HandlerTarget("earthquakes.feeder", EarthquakeSample.Space), feeder.Target);
    }

    [Fact]
    public void Every_handler_is_registered_without_reading_the_data()
    {
        var handlers = new HandlerCatalog();

        EarthquakeSample.AddHandlers(handlers, new SampleOptions { Folder = "unused", DataFile = "missing.json" });

        var used = EarthquakeSample.Actions(SampleFile.Data).Select(action => action.Handler).Append("earthquakes.feeder");
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), handlers.Names);
    }

    private static Task<ScheduleDetail> Failed(string code) =>
        Task.FromException<ScheduleDetail>(new SchedulerException(code, "No."));
}
