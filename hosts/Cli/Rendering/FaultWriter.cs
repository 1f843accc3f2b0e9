using System.Globalization;
using OrleansScheduler.Cli.Outcomes;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Tells a failure: one line, then what it points at.</summary>
internal static class FaultWriter
{
    // Said by the message, or only of use to programs.
    private static readonly string[] Untold = ["position", "expected", "field", "faults", "reason"];

    /// <summary>Writes a failure.</summary>
    /// <param name="errors">Where messages go.</param>
    /// <param name="fault">The failure.</param>
    /// <param name="expression">The text that a position may point into; null for none.</param>
    public static void Write(TextWriter errors, CliException fault, string? expression = null)
    {
        errors.WriteLine($"error: {fault.Code}: {PlainText.Line(fault.Message)}{Facts(fault)}");
        foreach (var found in fault.Faults)
        {
            errors.WriteLine($"  {Place(found)}{PlainText.Line(found.Message)}");
        }

        if (expression is not null && PositionOf(fault) is { } position && position <= expression.Length)
        {
            errors.WriteLine($"  {PlainText.Line(expression)}");
            errors.WriteLine($"  {new string(' ', position)}^");
        }
    }

    /// <summary>A file, a line, a column and a field, as far as they are known.</summary>
    public static string Place(DefinitionFault fault)
    {
        string[] place = [fault.File ?? "", Number(fault.Line), Number(fault.Column)];
        string at = string.Join(':', place.Where(part => part.Length > 0));
        string text = (at.Length > 0 ? at + ": " : "") + (string.IsNullOrEmpty(fault.Field) ? "" : fault.Field + ": ");
        return PlainText.Line(text);
    }

    private static string Facts(CliException fault)
    {
        string[] facts =
        [
            .. fault.Details.TryGetValue("field", out var field) ? [$"field {field}"] : Array.Empty<string>(),
            .. fault.Details.TryGetValue("position", out var position) ? [$"position {position}"] : Array.Empty<string>(),
            .. fault.Details.Where(detail => !Untold.Contains(detail.Key)).Select(detail => $"{detail.Key} {detail.Value}"),
        ];
        return facts.Length == 0 ? "" : PlainText.Line($" ({string.Join(", ", facts)})");
    }

    private static int? PositionOf(CliException fault) => fault.Code is "cron_invalid" or "phrase_invalid"
        && fault.Details.TryGetValue("position", out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int position)
            ? position
            : null;

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
