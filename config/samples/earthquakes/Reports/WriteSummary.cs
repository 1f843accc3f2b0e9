using System.Globalization;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;
using OrleansScheduler.Samples.Earthquakes.Magnitudes;

namespace OrleansScheduler.Samples.Earthquakes.Reports;

/// <summary>Writes <c>summary.md</c>: the hourly rate, the bands, the mean depths. It makes these computations live.</summary>
/// <param name="folder">Where to.</param>
public sealed class WriteSummary(string folder) : IActionHandler
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "summary.md";

    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var text = new StringBuilder("# Earthquakes in numbers\n\n");
        await AddRateAsync(context, text);
        text.Append("\n| magnitude | quakes |\n|---|---:|\n");
        foreach (var band in MagnitudeBands.Names)
        {
            var count = await context.ReadAsync(SampleAddresses.BandOf(band).Member("count"));
            text.Append(CultureInfo.InvariantCulture, $"| {band} | {ReportCell.Of(count)} |\n");
        }

        text.Append("\n| region | mean depth in km |\n|---|---:|\n");
        foreach (var region in SamplePayload.RegionsOf(context))
        {
            var mean = await context.ReadAsync(SampleAddresses.MeanDepthOf(region).Member("mean"));
            text.Append(CultureInfo.InvariantCulture, $"| {region} | {ReportCell.Of(mean)} |\n");
        }

        await ReportFile.WriteAsync(folder, FileName, text.ToString(), context.Cancellation);
    }

    private static async Task AddRateAsync(IRunContext context, StringBuilder text)
    {
        var mean = await context.ReadAsync(SampleAddresses.Rate.Member("mean"));
        var peak = await context.ReadAsync(SampleAddresses.Rate.Member("peak")) as JsonObject;
        text.Append(CultureInfo.InvariantCulture, $"Quakes per hour: {ReportCell.Of(mean)}, ")
            .Append(CultureInfo.InvariantCulture, $"at most {ReportCell.Of(peak?["count"])} ({ReportCell.Of(peak?["hour"])}).\n");
    }
}
