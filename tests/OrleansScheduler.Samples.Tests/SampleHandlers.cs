using OrleansScheduler.Handlers;
using OrleansScheduler.Samples.Earthquakes.Hours;
using OrleansScheduler.Samples.Earthquakes.Magnitudes;
using OrleansScheduler.Samples.Earthquakes.Regions;
using OrleansScheduler.Samples.Earthquakes.Reports;

namespace OrleansScheduler.Samples.Tests;

/// <summary>The handlers of the actions by name; the product's catalog hands none out, so the names stand here again.</summary>
internal sealed class SampleHandlers(string folder)
{
    public IActionHandler Create(string name) => name switch
    {
        "earthquakes.count" => new CountQuakes(),
        "earthquakes.strongest" => new FindStrongest(),
        "earthquakes.depth" => new AverageDepth(),
        "earthquakes.bands" => new SortIntoBands(),
        "earthquakes.band" => new CountBand(),
        "earthquakes.rate" => new CountByHour(),
        "earthquakes.ranking" => new RankRegions(),
        "earthquakes.report" => new WriteReport(folder),
        "earthquakes.summary" => new WriteSummary(folder),
        _ => throw new ArgumentException($"No handler {name}.", nameof(name)),
    };
}
