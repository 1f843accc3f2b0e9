using OrleansScheduler.Samples.Earthquakes;

namespace OrleansScheduler.Samples.Tests;

/// <summary>The data file of the sample, parsed once for all tests.</summary>
internal static class SampleFile
{
    public static EarthquakeData Data { get; } = new SampleOptions { Folder = "unused" }.Data;
}
