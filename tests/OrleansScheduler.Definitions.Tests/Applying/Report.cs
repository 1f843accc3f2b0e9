using OrleansScheduler.Definitions.Applying;

namespace OrleansScheduler.Definitions.Tests.Applying;

/// <summary>Short forms of reports.</summary>
internal static class Report
{
    /// <summary>One line per change: kind, id without the hash of an action, outcome, differences.</summary>
    public static string[] Lines(this DefinitionReport report) =>
    [
        .. report.Changes.Select(change =>
            $"{change.Kind} {change.Id.Split('~')[0]} {change.Change}{string.Concat(change.Differences.Select(difference => $" [{difference}]"))}"),
    ];
}
