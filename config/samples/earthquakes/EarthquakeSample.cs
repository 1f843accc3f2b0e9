using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Identity;
using OrleansScheduler.Samples.Earthquakes.Feeding;
using OrleansScheduler.Samples.Earthquakes.Hours;
using OrleansScheduler.Samples.Earthquakes.Magnitudes;
using OrleansScheduler.Samples.Earthquakes.Regions;
using OrleansScheduler.Samples.Earthquakes.Reports;

namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>The sample: a schedule feeds a week of earthquakes into a space, where actions keep statistics of them.</summary>
public static class EarthquakeSample
{
    private const string DefinitionFileName = "scheduler.yaml";

    private static readonly Lazy<string> LazyDefinitionFile = new(LoadDefinitionFile);

    /// <summary>Where the quakes and all that follows from them live.</summary>
    public static SpaceId Space { get; } = SpaceId.Of("default", "earthquakes");

    /// <summary>What feeds them.</summary>
    public static ScheduleId FeederSchedule { get; } = ScheduleId.Of("default", "feeder");

    /// <summary>The text of <c>scheduler.yaml</c>: the actions and the feeder, for the owner <c>default</c>.</summary>
    public static string DefinitionFile => LazyDefinitionFile.Value;

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

    private static string LoadDefinitionFile()
    {
        using var stream = typeof(EarthquakeSample).Assembly.GetManifestResourceStream(DefinitionFileName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
