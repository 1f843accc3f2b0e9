using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Shows what applying a set of definitions did.</summary>
internal static class ReportView
{
    private static readonly string[] Outcomes = ["created", "updated", "deleted", "unchanged", "orphaned", "failed"];

    /// <summary>What changed, and how often what happened.</summary>
    public static void Show(Screen screen, DefinitionReport report)
    {
        var table = new TextTable("change", "kind", "name", "difference");
        foreach (var change in report.Changes.Where(change => change.Change != "unchanged"))
        {
            table.Add(change.Change, change.Kind, change.Id, change.Refusal?.Message ?? change.Differences.FirstOrDefault());
            foreach (string difference in change.Differences.Skip(1))
            {
                table.Add("", "", "", difference);
            }
        }

        screen.Table(table);
        string counts = string.Join(", ", Outcomes.Where(outcome => report.Count(outcome) > 0).Select(outcome => $"{Words.Of(report.Count(outcome))} {outcome}"));
        screen.Line($"{(report.DryRun ? "Dry run, nothing was changed. " : "")}Set {report.Set}: {(counts.Length > 0 ? counts : "nothing in it")}.");
        if (report.Count("orphaned") > 0)
        {
            screen.Line("What is orphaned is no longer in the file; --prune deletes it.");
        }
    }

    /// <summary>Good, when nothing was refused.</summary>
    /// <exception cref="CliException"><c>definition_invalid</c>, with each refusal.</exception>
    public static int RequireAll(DefinitionReport report)
    {
        DefinitionChange[] failed = [.. report.Failed];
        return failed.Length == 0
            ? ExitCode.Good
            : throw new CliException(
                ErrorCodes.DefinitionInvalid, $"The server refused {Words.Of(failed.Length)} of {Words.Of(report.Changes.Length)} definitions; the others were applied.")
            {
                Faults = [.. failed.Select(change => change.Refusal?.ToFault(change.Id) ?? new DefinitionFault("failed", Field: change.Id))],
            };
    }
}
