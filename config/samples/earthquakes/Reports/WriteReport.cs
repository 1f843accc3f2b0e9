using System.Globalization;
using System.Text;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers;

namespace OrleansScheduler.Samples.Earthquakes.Reports;

/// <summary>Writes <c>report.md</c>: the ranking as a table.</summary>
/// <param name="folder">Where to.</param>
public sealed class WriteReport(string folder) : IActionHandler
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "report.md";

    /// <inheritdoc/>
    public async Task HandleAsync(IRunContext context)
    {
        var ranking = await context.ReadAsync(SampleAddresses.Ranking);

        var regions = ranking is JsonObject members && members["regions"] is JsonArray items ? items : JsonArray.Empty;
        await ReportFile.WriteAsync(folder, FileName, TextOf(regions), context.Cancellation);
    }

    private static string TextOf(JsonArray regions)
    {
        var text = new StringBuilder("# Earthquakes by region\n\n| rank | region | quakes | strongest |\n|---:|---|---:|---:|\n");
        for (var i = 0; i < regions.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {i + 1} | {Cell(regions[i], "region")} ")
                .Append(CultureInfo.InvariantCulture, $"| {Cell(regions[i], "count")} | {Cell(regions[i], "strongest")} |\n");
        }

        return text.ToString();
    }

    private static string Cell(JsonValue region, string key) => ReportCell.Of((region as JsonObject)?[key]);
}
