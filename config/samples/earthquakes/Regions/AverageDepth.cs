using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Regions;

/// <summary>The mean depth of a region's quakes, in kilometers to two places. Does not look at magnitudes.</summary>
public sealed class AverageDepth : IActionHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var region = SamplePayload.NameOf(context);

        var depths = await context.ReadNumbersAsync(region, SampleAddresses.Depth);

        // Decimals add without loss, so the order of the quakes cannot show in the result.
        JsonValue mean = depths.IsEmpty ? JsonNull.Instance : Math.Round(depths.Sum(quake => quake.Value) / depths.Length, 2);
        context.Write(SampleAddresses.MeanDepthOf(region), JsonObject.Of(("mean", mean), ("n", depths.Length)));
    }
}
