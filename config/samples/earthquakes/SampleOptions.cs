namespace OrleansScheduler.Samples.Earthquakes;

/// <summary>Where the sample reads and writes files.</summary>
public sealed class SampleOptions
{
    private readonly Lazy<EarthquakeData> _data;

    /// <summary>Options with the defaults below; nothing is read before <see cref="Data"/> is.</summary>
    public SampleOptions() => _data = new Lazy<EarthquakeData>(() => EarthquakeData.Load(DataFile));

    /// <summary>The folder for <c>report.md</c> and <c>summary.md</c>: the host's data folder. Created when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>GeoJSON of the quakes; default: <c>earthquakes.json</c> beside the assemblies.</summary>
    public string DataFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "earthquakes.json");

    /// <summary>The content of <see cref="DataFile"/>, parsed at the first use and then kept. For any number of threads.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public EarthquakeData Data => _data.Value;
}
