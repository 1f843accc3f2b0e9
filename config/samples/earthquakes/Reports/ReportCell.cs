using OrleansScheduler.Documents;

namespace OrleansScheduler.Samples.Earthquakes.Reports;

/// <summary>A value as people read it in a table.</summary>
internal static class ReportCell
{
    public static string Of(JsonValue? value) => value switch
    {
        null or JsonNull => "–",
        JsonString text => text.Text,
        _ => value.ToString(),
    };
}
