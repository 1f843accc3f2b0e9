using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Magnitudes;

/// <summary>How many quakes of a group of regions fall into each band; quakes without a magnitude into none.</summary>
public sealed class SortIntoBands : IActionHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var counts = MagnitudeBands.Names.ToDictionary(band => band, _ => 0);
        foreach (var region in SamplePayload.RegionsOf(context))
        {
            foreach (var quake in await context.ReadNumbersAsync(region, SampleAddresses.Magnitude))
            {
                counts[MagnitudeBands.Of(quake.Value)]++;
            }
        }

        context.Write(
            SampleAddresses.BandsOf(SamplePayload.NameOf(context)),
            JsonObject.FromPairs(counts.Select(band => KeyValuePair.Create(band.Key, (JsonValue)band.Value))));
    }
}
