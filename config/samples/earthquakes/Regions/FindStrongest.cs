using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Regions;

/// <summary>The quake of a region with the greatest magnitude; among equals the one whose id comes first.</summary>
public sealed class FindStrongest : IActionHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var region = SamplePayload.NameOf(context);

        // MaxBy keeps the first of equals, and the ids come in ordinal order.
        var magnitudes = await context.ReadNumbersAsync(region, SampleAddresses.Magnitude);
        var strongest = magnitudes.Select(quake => (KeyValuePair<string, decimal>?)quake).MaxBy(quake => quake?.Value);

        context.Write(SampleAddresses.StrongestOf(region), strongest is { } found
            ? JsonObject.Of(("id", found.Key), ("mag", found.Value))
            : JsonObject.Of(("id", JsonNull.Instance), ("mag", JsonNull.Instance)));
    }
}
