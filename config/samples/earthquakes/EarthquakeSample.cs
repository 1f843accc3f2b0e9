using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Samples.Earthquakes.Feeding;
using OrleansScheduler.Samples.Earthquakes.Hours;
using OrleansScheduler.Samples.Earthquakes.Magnitudes;
using OrleansScheduler.Samples.Earthquakes.Regions;
using OrleansScheduler.Samples.Earthquakes.Reports;
using OrleansScheduler.Schedules;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>The sample: a schedule feeds a week of earthquakes into a space, where actions keep statistics of them.</summary>
public static class EarthquakeSample
{
    // A feeder that hangs must not hold up the feed for the 20 minutes that are the default.
    private static readonly TimeSpan FeederRunMax = TimeSpan.FromSeconds(30);

    /// <summary>Where the quakes and all that follows from them live.</summary>
    public static SpaceId Space { get; } = SpaceId.Of("default", "earthquakes");

    /// <summary>What feeds them.</summary>
    public static ScheduleId FeederSchedule { get; } = ScheduleId.Of("default", "feeder");

    /// <summary>Registers the code of the sample. The data file is read when the feeder runs for the first time.</summary>
    public static void AddHandlers(HandlerCatalog handlers, SampleOptions options)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(options);
        handlers.Add(HandlerNames.Feeder, () => new FeedQuakes(options.Data));
        handlers.Add(HandlerNames.Count, () => new CountQuakes());
        handlers.Add(HandlerNames.Strongest, () => new FindStrongest());
        handlers.Add(HandlerNames.MeanDepth, () => new AverageDepth());
        handlers.Add(HandlerNames.Bands, () => new SortIntoBands());
        handlers.Add(HandlerNames.Band, () => new CountBand());
        handlers.Add(HandlerNames.Rate, () => new CountByHour());
        handlers.Add(HandlerNames.Ranking, () => new RankRegions());
        handlers.Add(HandlerNames.Report, () => new WriteReport(options.Folder));
        handlers.Add(HandlerNames.Summary, () => new WriteSummary(options.Folder));
    }

    /// <summary>The actions for these quakes; the same ones, in the same order, for the same quakes.</summary>
    public static ImmutableArray<ActionDefinition> Actions(EarthquakeData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return SampleActions.Of(data);
    }

    /// <summary>The schedule that commits one quake per period, and completes with the last one.</summary>
    /// <param name="period">10 ms to 366 days; checked when the schedule is created.</param>
    public static ScheduleDefinition Feeder(TimeSpan period) =>
        new(new IntervalTrigger(period), new HandlerTarget(HandlerNames.Feeder, Space), FeederRunMax);

    /// <summary>Registers the actions and creates the feeder. Repeating it, as every start of a host does, changes nothing.</summary>
    /// <param name="directory">The way to the actors.</param>
    /// <param name="data">The quakes.</param>
    /// <param name="period">See <see cref="Feeder"/>. A feeder that exists keeps its own period.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SchedulerException"><c>unknown_handler</c> before <see cref="AddHandlers"/>.</exception>
    public static async Task InstallAsync(
        IActorDirectory directory, EarthquakeData data, TimeSpan period, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(directory);
        await directory.Get<ISpace>(Space.ToString()).RegisterAsync(Actions(data), cancellation);
        try
        {
            await directory.Get<ISchedule>(FeederSchedule.ToString()).CreateAsync(Feeder(period), cancellation);
        }
        catch (SchedulerException failure) when (failure.Code == ErrorCodes.AlreadyExists)
        {
            // Somebody chose another period before. The quakes that were fed so far count more than this one.
        }
    }
}
