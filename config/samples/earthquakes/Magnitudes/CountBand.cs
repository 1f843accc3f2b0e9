using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Magnitudes;

/// <summary>How many quakes of all regions fall into one band. Does not run when only other bands changed.</summary>
public sealed class CountBand : IActionHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var band = SamplePayload.NameOf(context);
        var count = 0m;
        foreach (var group in SamplePayload.RegionsOf(context))
        {
            count += await context.ReadNumberAsync(SampleAddresses.BandsOf(group).Member(band)) ?? 0;
        }

        context.Write(SampleAddresses.BandOf(band), JsonObject.Of(("count", count)));
    }
}
