using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Definitions.Reading;
using OrleansScheduler.Samples.Earthquakes;
using Xunit;

namespace OrleansScheduler.Samples.Tests;

/// <summary>The definitions of the sample, read once for all tests.</summary>
internal static class SampleDefinitions
{
    public static DefinitionFile File { get; } = Read();

    private static DefinitionFile Read()
    {
        var reading = DefinitionReader.Read(EarthquakeSample.DefinitionFile, "scheduler.yaml", "default");
        Assert.Empty(reading.Faults);
        return reading.File!;
    }
}
