using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Feeding;

/// <summary>Commits the next quake, its entry in its region's index and the feeder's position: all or nothing.</summary>
/// <remarks>The position lives in the space, so a feeder that was killed goes on behind the last quake that arrived.</remarks>
/// <param name="data">The quakes to feed.</param>
public sealed class FeedQuakes(EarthquakeData data) : IActionHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var position = await ReadPositionAsync(context);
        if (position < data.Quakes.Length)
        {
            WriteQuake(context, data.Quakes[position]);
            position++;
            context.Write(SampleAddresses.Feeder, JsonObject.Of(
                ("position", position), ("last", data.Quakes[position - 1].Id), ("total", data.Quakes.Length)));
        }

        if (position == data.Quakes.Length)
        {
            context.CompleteSchedule();
        }
    }

    private static void WriteQuake(IRunContext context, Earthquake quake)
    {
        JsonValue time = quake.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        context.Write(SampleAddresses.Quake(quake.Id), JsonObject.Of(
            ("id", quake.Id),
            ("mag", NumberOrNull(quake.Magnitude)),
            ("place", quake.Place),
            ("region", quake.Region),
            ("time", time),
            ("depth", NumberOrNull(quake.DepthKilometers)),
            ("lat", quake.Latitude),
            ("lon", quake.Longitude)));
        context.Write(SampleAddresses.IndexEntry(quake.Region, quake.Id), time);
    }

    /// <summary>Somebody may have edited the position; whatever it says, the feeder stays inside its file.</summary>
    private async ValueTask<int> ReadPositionAsync(IRunContext context) =>
        await context.ReadAsync(SampleAddresses.Feeder) is JsonObject feeder
        && feeder["position"] is JsonNumber position && position.TryGetInt64(out var fed)
            ? (int)Math.Clamp(fed, 0, data.Quakes.Length)
            : 0;

    private static JsonValue NumberOrNull(decimal? number) => number is { } value ? value : JsonNull.Instance;
}
