using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>The quakes of a file, and the regions that they make up.</summary>
public sealed class EarthquakeData
{
    /// <summary>So many quakes make a region big: it gets computations of its own.</summary>
    public const int BigRegionQuakesMin = 5;

    private static readonly JsonPath MagnitudePath = JsonPath.Parse("/properties/mag");
    private static readonly JsonPath PlacePath = JsonPath.Parse("/properties/place");
    private static readonly JsonPath TimePath = JsonPath.Parse("/properties/time");
    private static readonly JsonPath CoordinatesPath = JsonPath.Parse("/geometry/coordinates");

    /// <summary>The data of these quakes, in whatever order they come.</summary>
    public EarthquakeData(IEnumerable<Earthquake> quakes)
    {
        ArgumentNullException.ThrowIfNull(quakes);
        Quakes = [.. quakes.OrderBy(quake => quake.Time).ThenBy(quake => quake.Id, StringComparer.Ordinal)];
        ILookup<bool, string> regions = Quakes.GroupBy(quake => quake.Region)
            .OrderBy(region => region.Key, StringComparer.Ordinal)
            .ToLookup(region => region.Count() >= BigRegionQuakesMin, region => region.Key);
        BigRegions = [.. regions[true]];
        SmallRegions = [.. regions[false]];
    }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<Earthquake> Quakes { get; }

    /// <summary>The regions with at least <see cref="BigRegionQuakesMin"/> quakes, in ordinal order.</summary>
    public ImmutableArray<string> BigRegions { get; }

    /// <summary>The other regions, in ordinal order.</summary>
    public ImmutableArray<string> SmallRegions { get; }

    /// <summary>The data of a file as the survey publishes it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static EarthquakeData Load(string path) => Parse(File.ReadAllBytes(path));

    /// <summary>The data of a GeoJSON feature collection, at most 4 MiB of UTF-8.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static EarthquakeData Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonValue.Parse(utf8, JsonLimits.Default) is JsonObject root && root["features"] is JsonArray features
                ? new EarthquakeData(features.Items.Select(QuakeOf))
                : throw new InvalidDataException("The file of quakes is no GeoJSON feature collection.");
        }
        catch (Exception failure) when (failure is SchedulerException or InvalidOperationException)
        {
            throw new InvalidDataException($"The file of quakes is not as expected: {failure.Message}", failure);
        }
    }

    private static Earthquake QuakeOf(JsonValue feature, int index)
    {
        JsonValue Required(JsonValue? value, string what) =>
            value ?? throw new InvalidDataException($"Quake {index} of the file has no {what}.");

        var coordinates = Required(feature.At(CoordinatesPath), "coordinates");
        JsonValue? Coordinate(int axis) => coordinates.Child(PathStep.OfIndex(axis));

        return new Earthquake(
            Required((feature as JsonObject)?["id"], "id").AsText(),
            NumberOrNull(feature.At(MagnitudePath)),
            feature.At(PlacePath) is JsonString place ? place.Text : "",
            DateTimeOffset.FromUnixTimeMilliseconds(Required(feature.At(TimePath), "time").AsInt64()),
            NumberOrNull(Coordinate(2)),
            Required(Coordinate(1), "latitude").AsDecimal(),
            Required(Coordinate(0), "longitude").AsDecimal());
    }

    private static decimal? NumberOrNull(JsonValue? value) => value is null or JsonNull ? null : value.AsDecimal();
}
