using System.Collections.Immutable;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Shows schedules.</summary>
internal static class ScheduleView
{
    /// <summary>Each in a line.</summary>
    public static TextTable Table(ImmutableArray<ScheduleDetail> schedules)
    {
        var table = new TextTable("name", "state", "when", "next", "last run", "ran", "handler");
        foreach (var detail in schedules)
        {
            table.Add(
                detail.Schedule.Name, Words.Of(detail.State), detail.Description, Words.Of(detail.NextInstant) ?? "-",
                detail.LastRun is { } run ? $"{Words.Of(run.Status)} {Words.Of(run.EndedAt ?? run.QueuedAt)}" : "-",
                Words.Of(detail.Counters.Ran), detail.Definition.Target.Handler);
        }

        return table;
    }

    /// <summary>One whole.</summary>
    public static void Show(Screen screen, ScheduleDetail detail)
    {
        var definition = detail.Definition;
        var counters = detail.Counters;
        screen.Facts(
            ("schedule", detail.Schedule.ToString()),
            ("about", definition.Description),
            ("state", Words.Of(detail.State) + (detail.Reason is { } reason ? $": {reason}" : "") + (detail.ChangedBy is { } who ? $" (by {who})" : "")),
            ("when", detail.Description),
            ("trigger", Words.Of(definition.Trigger)),
            ("next", Words.Of(detail.NextInstant) ?? "-"),
            ("handler", definition.Target.Handler),
            ("space", definition.Target.Space?.ToString()),
            ("payload", definition.Target.Payload?.ToString()),
            ("hash", definition.Target.Payload?.Hash.ToString()),
            ("policies", Policies(definition)),
            ("labels", definition.Labels is { } labels ? string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}")) : null),
            ("occurrences", $"{Words.Of(counters.Due)} due, {Words.Of(counters.Open)} open, {Words.Of(counters.Ran)} ran, "
                + $"{Words.Of(counters.SkippedOverlap)} skipped (overlap), {Words.Of(counters.SkippedMissed)} skipped (missed)"),
            ("created", $"{Words.Of(detail.CreatedAt)}, revision {Words.Of(detail.Revision)}, incarnation {detail.Incarnation}"));
        if (detail.OpenRuns.Length > 0 || detail.LastRun is not null)
        {
            screen.Line();
            screen.Table(RunView.Table(
                [.. detail.OpenRuns, .. detail.LastRun is { } last && detail.OpenRuns.All(run => run.Run != last.Run) ? [last] : Array.Empty<ScheduleRun>()]));
        }
    }

    /// <summary>A trigger, what it means in words, and when it is due next by its own clocks.</summary>
    public static void Show(Screen screen, SchedulePreview preview, TimeZoneInfo zone)
    {
        screen.Facts(("trigger", Words.Of(preview.Trigger)), ("when", preview.Description));
        screen.Line(preview.Next.IsEmpty ? "next     never, or at a start" : "next");
        foreach (var instant in preview.Next)
        {
            screen.Line($"  {Words.Local(instant, zone)}   {Words.Of(instant)}");
        }
    }

    private static string Policies(ScheduleDefinition definition) => string.Join(", ", new[]
    {
        $"overlap {Words.Of(definition.EffectiveOverlap)}",
        $"missed {Words.Of(definition.EffectiveMissed)}",
        $"tolerance {Duration.Format(definition.EffectiveTolerance)}",
        $"run at most {Duration.Format(definition.EffectiveMaxRunDuration)}",
        definition.Jitter is { } jitter ? $"jitter {Duration.Format(jitter)}" : "",
        definition.Group is { } group ? $"group {group}" : "",
        definition.MaxFirings is { } firings ? $"at most {Words.Of(firings)} firings" : "",
    }.Where(policy => policy.Length > 0));
}
