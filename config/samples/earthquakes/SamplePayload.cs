using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>What a definition of the sample tells its handler.</summary>
internal static class SamplePayload
{
    /// <summary>A name, such as that of a region.</summary>
    private const string Name = "name";

    /// <summary>The regions to take together.</summary>
    private const string Regions = "regions";

    /// <exception cref="SchedulerException"><c>request_invalid</c> when the payload has no name.</exception>
    public static string NameOf(IRunContext context) =>
        context.Payload is JsonObject payload && payload[Name] is JsonString name ? name.Text : throw Missing(Name);

    /// <exception cref="SchedulerException"><c>request_invalid</c> when the payload has no list of regions.</exception>
    public static ImmutableArray<string> RegionsOf(IRunContext context) =>
        context.Payload is JsonObject payload && payload[Regions] is JsonArray regions
            ? [.. regions.Items.Select(region => region.AsText())]
            : throw Missing(Regions);

    private static SchedulerException Missing(string field) =>
        new SchedulerException(ErrorCodes.RequestInvalid, $"The payload of the action has no {field}.").With("field", field);
}
