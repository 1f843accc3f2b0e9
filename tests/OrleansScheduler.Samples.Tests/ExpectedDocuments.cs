using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Samples.Earthquakes;

namespace OrleansScheduler.Samples.Tests;

/// <summary>What the sample's space must hold, computed from the list of quakes alone: no handler, no earlier result.</summary>
public static class ExpectedDocuments
{
    private static readonly ImmutableArray<string> Bands = ["<0", "0-1", "1-2", "2-3", "3-4", "4-5", "5-6", "6+"];

    /// <summary>All documents, by id, once everything has settled.</summary>
    /// <param name="data">The quakes.</param>
    /// <param name="position">How many of them were fed; with 0 there is no document of the feeder.</param>
    /// <param name="magnitudeEdits">By id, the magnitudes that somebody changed after the quake was fed; null for none.</param>
    public static ImmutableSortedDictionary<string, JsonValue> After(
        EarthquakeData data, int position, IReadOnlyDictionary<string, decimal>? magnitudeEdits = null)
    {
        var fed = data.Quakes.Take(position).Select(quake => Edited(quake, magnitudeEdits)).ToArray();
        ILookup<bool, string> regions = data.Quakes.GroupBy(RegionOf).ToLookup(region => region.Count() >= 5, region => region.Key);
        var big = regions[true].ToDictionary(region => region, region => fed.Where(quake => RegionOf(quake) == region).ToArray());
        var other = fed.Where(quake => !big.ContainsKey(RegionOf(quake)));
        var documents = ImmutableSortedDictionary.CreateBuilder<string, JsonValue>(StringComparer.Ordinal);
        AddFed(documents, fed, data.Quakes.Length);
        foreach (var (region, quakes) in big)
        {
            documents[$"count.{region}"] = JsonObject.Of(("count", quakes.Length));
            documents[$"strongest.{region}"] = StrongestOf(quakes);
            documents[$"depth.{region}"] = MeanDepthOf(quakes);
            documents[$"bands.{region}"] = BandsOf(quakes);
        }

        documents["bands.other"] = BandsOf(other);
        foreach (var band in Bands)
        {
            documents[$"band.{band}"] = JsonObject.Of(("count", CountOf(fed, band)));
        }

        documents["rate"] = RateOf(fed);
        documents["ranking"] = RankingOf(big);
        return documents.ToImmutable();
    }

    private static Earthquake Edited(Earthquake quake, IReadOnlyDictionary<string, decimal>? edits) =>
        edits is not null && edits.TryGetValue(quake.Id, out var magnitude) ? quake with { Magnitude = magnitude } : quake;

    private static string RegionOf(Earthquake quake) => quake.Place.Split(',')[^1].Trim();

    private static void AddFed(
        ImmutableSortedDictionary<string, JsonValue>.Builder documents, Earthquake[] fed, int total)
    {
        foreach (var quake in fed)
        {
            documents[$"quake.{quake.Id}"] = JsonObject.Of(
                ("id", quake.Id), ("mag", OrNull(quake.Magnitude)), ("place", quake.Place), ("region", RegionOf(quake)),
                ("time", TimeOf(quake)), ("depth", OrNull(quake.DepthKilometers)), ("lat", quake.Latitude), ("lon", quake.Longitude));
        }

        foreach (var region in fed.GroupBy(RegionOf))
        {
            var entries = region.Select(quake => KeyValuePair.Create<string, JsonValue>(quake.Id, TimeOf(quake)));
            documents[$"index.{region.Key}"] = JsonObject.Of(("quakes", JsonObject.FromPairs(entries)));
        }

        if (fed.Length > 0)
        {
            documents["feeder"] = JsonObject.Of(("position", fed.Length), ("last", fed[^1].Id), ("total", total));
        }
    }

    private static JsonObject StrongestOf(Earthquake[] quakes)
    {
        var strongest = quakes.Where(quake => quake.Magnitude is not null)
            .OrderByDescending(quake => quake.Magnitude).ThenBy(quake => quake.Id, StringComparer.Ordinal).FirstOrDefault();
        return JsonObject.Of(("id", strongest is null ? JsonNull.Instance : strongest.Id), ("mag", OrNull(strongest?.Magnitude)));
    }

    private static JsonObject MeanDepthOf(Earthquake[] quakes)
    {
        var depths = quakes.Select(quake => quake.DepthKilometers).OfType<decimal>().ToArray();
        return JsonObject.Of(
            ("mean", OrNull(depths.Length == 0 ? null : Math.Round(depths.Average(), 2))), ("n", depths.Length));
    }

    private static JsonObject BandsOf(IEnumerable<Earthquake> quakes) =>
        JsonObject.FromPairs(Bands.Select(band => KeyValuePair.Create(band, (JsonValue)CountOf(quakes, band))));

    private static int CountOf(IEnumerable<Earthquake> quakes, string band) => quakes.Count(quake => band switch
    {
        "<0" => quake.Magnitude < 0,
        "6+" => quake.Magnitude >= 6,
        _ => quake.Magnitude >= band[0] - '0' && quake.Magnitude < band[2] - '0',
    });

    private static JsonObject RateOf(Earthquake[] fed)
    {
        var hours = fed.GroupBy(quake => TimeOf(quake)[..13] + ":00Z").OrderBy(hour => hour.Key, StringComparer.Ordinal).ToArray();
        if (hours.Length == 0)
        {
            return JsonObject.Of(("hours", JsonObject.Empty), ("mean", JsonNull.Instance), ("peak", JsonNull.Instance));
        }

        static DateTime Start(string hour) => DateTime.Parse(hour, CultureInfo.InvariantCulture);
        var span = (decimal)(Start(hours[^1].Key) - Start(hours[0].Key)).TotalHours + 1;
        var peak = hours.OrderByDescending(hour => hour.Count()).First();
        return JsonObject.Of(
            ("hours", JsonObject.FromPairs(hours.Select(hour => KeyValuePair.Create(hour.Key, (JsonValue)hour.Count())))),
            ("mean", Math.Round(fed.Length / span, 2)),
            ("peak", JsonObject.Of(("hour", peak.Key), ("count", peak.Count()))));
    }

    private static JsonObject RankingOf(Dictionary<string, Earthquake[]> big)
    {
        var ranks = big.Where(region => region.Value.Length > 0)
            .Select(region => (Name: region.Key, Count: region.Value.Length, Strongest: region.Value.Max(quake => quake.Magnitude)))
            .OrderBy(rank => rank.Name, StringComparer.Ordinal)
            .OrderByDescending(rank => rank.Count).ThenByDescending(rank => rank.Strongest)
            .Select(JsonValue (rank) => JsonObject.Of(
                ("region", rank.Name), ("count", rank.Count), ("strongest", OrNull(rank.Strongest))));
        return JsonObject.Of(("regions", JsonArray.FromItems([.. ranks])));
    }

    private static string TimeOf(Earthquake quake) => quake.Time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static JsonValue OrNull(decimal? number) => number is { } value ? value : JsonNull.Instance;
}
