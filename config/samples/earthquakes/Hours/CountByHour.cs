using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Hours;

/// <summary>The quakes of each hour (UTC), the mean of all hours from the first to the last, and the busiest hour.</summary>
public sealed class CountByHour : IActionHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var counts = new SortedDictionary<long, int>();
        foreach (var region in SamplePayload.RegionsOf(context))
        {
            if (await context.ReadAsync(SampleAddresses.Index(region)) is JsonObject quakes)
            {
                Count(quakes, counts);
            }
        }

        context.Write(SampleAddresses.Rate, JsonObject.Of(
            ("hours", JsonObject.FromPairs(counts.Select(hour => KeyValuePair.Create(TextOf(hour.Key), (JsonValue)hour.Value)))),
            ("mean", MeanOf(counts)),
            ("peak", PeakOf(counts))));
    }

    private static void Count(JsonObject quakes, SortedDictionary<long, int> counts)
    {
        foreach (var quake in quakes)
        {
            if (quake.Value is JsonString text && TryParse(text.Text, out var time))
            {
                var hour = time.UtcTicks / TimeSpan.TicksPerHour;
                counts[hour] = counts.GetValueOrDefault(hour) + 1;
            }
        }
    }

    private static JsonValue MeanOf(SortedDictionary<long, int> counts) =>
        counts.Count == 0
            ? JsonNull.Instance
            : Math.Round((decimal)counts.Values.Sum() / (counts.Keys.Last() - counts.Keys.First() + 1), 2);

    /// <summary>Among equally busy hours the first one.</summary>
    private static JsonValue PeakOf(SortedDictionary<long, int> counts)
    {
        if (counts.Count == 0)
        {
            return JsonNull.Instance;
        }

        var peak = counts.MaxBy(hour => hour.Value);
        return JsonObject.Of(("hour", TextOf(peak.Key)), ("count", peak.Value));
    }

    private static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static string TextOf(long hour) =>
        new DateTime(hour * TimeSpan.TicksPerHour, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH':00Z'", CultureInfo.InvariantCulture);
}
