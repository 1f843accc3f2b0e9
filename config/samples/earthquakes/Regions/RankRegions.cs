using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Regions;

/// <summary>The regions that had quakes: most quakes first, then the strongest one, then the name.</summary>
public sealed class RankRegions : IActionHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var ranks = new List<(string Region, decimal Count, decimal? Strongest)>();
        foreach (var region in SamplePayload.RegionsOf(context))
        {
            // Single members are read, so another quake of equal magnitude changes nothing here.
            var count = await context.ReadNumberAsync(SampleAddresses.CountOf(region).Member("count"));
            var strongest = await context.ReadNumberAsync(SampleAddresses.StrongestOf(region).Member("mag"));
            if (count > 0)
            {
                ranks.Add((region, count.Value, strongest));
            }
        }

        var ordered = ranks.OrderByDescending(rank => rank.Count)
            .ThenByDescending(rank => rank.Strongest)
            .ThenBy(rank => rank.Region, StringComparer.Ordinal)
            .Select(JsonValue (rank) => JsonObject.Of(
                ("region", rank.Region),
                ("count", rank.Count),
                ("strongest", rank.Strongest is { } strongest ? strongest : JsonNull.Instance)));
        context.Write(SampleAddresses.Ranking, JsonObject.Of(("regions", JsonArray.FromItems([.. ordered]))));
    }
}
