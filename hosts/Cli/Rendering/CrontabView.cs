using System.Globalization;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Shows what a crontab holds and what became of it.</summary>
internal static class CrontabView
{
    private const int NextShown = 2;

    /// <summary>Jobs, variables, refusals, notes, and what was done.</summary>
    public static void Show(Screen screen, CrontabImport crontab)
    {
        var reading = crontab.Reading;
        foreach (var table in new[] { Jobs(reading), Variables(reading), Refusals(reading) }.Where(table => table.Rows.Count > 0))
        {
            screen.Table(table);
            screen.Line();
        }

        foreach (string note in reading.Notes.Prepend(reading.FormatReason ?? "").Where(note => note.Length > 0))
        {
            screen.Line(note);
        }

        screen.Line();
        ReportView.Show(screen, crontab.Report);
    }

    private static TextTable Jobs(CrontabReading reading)
    {
        bool hasUsers = reading.Entries.Any(entry => entry.User is not null);
        var table = new TextTable(["line", "schedule", "when", "next", "command", .. hasUsers ? ["user"] : Array.Empty<string>(), "notes"]);
        foreach (var entry in reading.Entries)
        {
            table.Add(
            [
                Words.Of(entry.Line), entry.Schedule, entry.Description, Next(entry), entry.Command,
                .. hasUsers ? [entry.User] : Array.Empty<string?>(), Notes(entry),
            ]);
        }

        return table;
    }

    // What the shell reads is allowed with the command, so it is shown with it.
    private static string Notes(CrontabEntry entry)
    {
        var input = (entry.Definition?.Target.Payload as JsonObject)?["input"] as JsonString;
        return string.Join(' ', input is null ? entry.Notes : [$"Its input is {input}.", .. entry.Notes]);
    }

    private static string Next(CrontabEntry entry)
    {
        var shown = entry.Next.Take(NextShown).Select(instant => instant.ToString("ddd MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        return entry.Next.IsEmpty ? "at each start" : string.Join(", ", shown);
    }

    private static TextTable Variables(CrontabReading reading)
    {
        var table = new TextTable("line", "variable", "value", "what becomes of it");
        foreach (var variable in reading.Variables)
        {
            table.Add(Words.Of(variable.Line), variable.Name, variable.Value, variable.Effect);
        }

        return table;
    }

    private static TextTable Refusals(CrontabReading reading)
    {
        var table = new TextTable("line", "column", "refused because", "expected", "text");
        foreach (var refusal in reading.Refusals)
        {
            table.Add(Words.Of(refusal.Line), Words.Of(refusal.Column), refusal.Reason, refusal.Expected, refusal.Text);
        }

        return table;
    }
}
