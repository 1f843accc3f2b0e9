namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>One quake as the survey lists it.</summary>
/// <param name="Id">Unique in the file.</param>
/// <param name="Magnitude">Null when it was not determined; may be negative.</param>
/// <param name="Place">Such as <c>4km W of Castaic, CA</c>.</param>
/// <param name="Time">When it happened; UTC, to the millisecond.</param>
/// <param name="DepthKilometers">Null when it was not determined; negative above sea level.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record Earthquake(
    string Id,
    decimal? Magnitude,
    string Place,
    DateTimeOffset Time,
    decimal? DepthKilometers,
    decimal Latitude,
    decimal Longitude)
{
    /// <summary>The part of the place after its last comma, or the whole place; <c>Unknown</c> when that is empty.</summary>
    public string Region => RegionOf(Place);

    private static string RegionOf(string place)
    {
        var region = place[(place.LastIndexOf(',') + 1)..].Trim();
        return region.Length > 0 ? region : "Unknown";
    }
}
