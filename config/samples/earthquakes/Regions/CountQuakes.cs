using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Regions;

/// <summary>How many quakes a region had. Depends on the keys of its index only.</summary>
public sealed class CountQuakes : IActionHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var region = SamplePayload.NameOf(context);

        var ids = await context.ReadIdsAsync(region);

        context.Write(SampleAddresses.CountOf(region), JsonObject.Of(("count", ids.Length)));
    }
}
