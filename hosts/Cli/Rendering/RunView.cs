using System.Collections.Immutable;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Shows runs.</summary>
internal static class RunView
{
    /// <summary>Each in a line.</summary>
    public static TextTable Table(ImmutableArray<ScheduleRun> runs)
    {
        var table = new TextTable("run", "status", "due", "started", "duration", "error");
        foreach (var run in runs)
        {
            table.Add(NameOf(run), Words.Of(run.Status), Words.Of(run.Instant), Words.Of(run.StartedAt) ?? "-", DurationOf(run) ?? "-", ErrorOf(run));
        }

        return table;
    }

    /// <summary>One that has ended: a line, and below it what the handler noted.</summary>
    public static void Tail(Screen screen, ScheduleRun run)
    {
        string error = ErrorOf(run) is { } text ? $"  {PlainText.Line(text)}" : "";
        screen.Line($"{Words.Of(run.EndedAt) ?? "-"}  {Words.Of(run.Status),-13}  {DurationOf(run) ?? "-",9}  {NameOf(run)}{error}");
        foreach (string line in PlainText.Lines(run.Log ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            screen.Line($"  | {line}");
        }
    }

    // Without the owner, as the addresses of the interface take it.
    private static string NameOf(ScheduleRun run) => run.Run.ToString()[(run.Run.ToString().IndexOf('/') + 1)..];

    private static string? DurationOf(ScheduleRun run) => run is { StartedAt: { } start, EndedAt: { } end } ? Words.Of(end - start) : null;

    private static string? ErrorOf(ScheduleRun run) => run.Error is { } error ? $"{error.Code}: {error.Message}" : null;
}
