using System.CommandLine;
using System.Globalization;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>import crontab</c>: makes a paused schedule of each line of a crontab, and with <c>--allow</c> starts them.</summary>
internal static class ImportCrontabCommand
{
    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "The crontab; - for the input, as in crontab -l | osched import crontab -" };
        var name = Options.Text("--name", "Name of the set; names of schedules begin with it [default: crontab]", "NAME");
        var format = new Option<string>("--format") { Description = "With or without a column for the user", DefaultValueFactory = _ => "auto" };
        format.AcceptOnlyFromAmong("auto", "user", "system");
        var zone = Options.Zone("Zone in which its times count [default: that of this machine]");
        var dryRun = Options.Switch("--dry-run", "Show what would be imported, and change nothing");
        var prune = Options.Switch("--prune", "Delete schedules of lines that are gone");
        var allow = Options.Switch("--allow", "Allow exactly the commands that are shown, and resume their schedules (administrator)");
        var command = new Command("crontab", "Import a crontab") { file, name, format, zone, dryRun, prune, allow };
        command.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && result.GetValue(allow))
            {
                result.AddError("A dry run allows nothing: use --dry-run or --allow.");
            }
        });
        command.SetAction(runner.Run((session, parsed, cancellation) =>
        {
            string set = parsed.GetValue(name) ?? "crontab";
            var query = new Query().Add("name", set).Add("format", parsed.GetValue(format))
                .Add("zone", parsed.GetValue(zone) ?? LocalZone(session.Time)).Add("dry_run", parsed.GetValue(dryRun))
                .Add("prune", parsed.GetValue(prune)).Add("who", session.Who);
            return ImportAsync(session, new Import(parsed.GetRequiredValue(file), set, query, parsed.GetValue(allow)), cancellation);
        }));
        return command;
    }

    private static async Task<int> ImportAsync(Session session, Import import, CancellationToken cancellation)
    {
        string text = await InputFile.ReadAsync(session.Console, import.File, InputFile.DefinitionBytesMax, cancellation);
        if (import.Allow)
        {
            // Before anything is imported: a token that is missing would leave half of the work.
            session.Client.RequireToken();
        }

        var answer = await session.Client.ImportCrontabAsync(text, import.Query, cancellation);
        var crontab = answer.Read<CrontabImport>();
        session.Show<CrontabImport>(answer, _ => CrontabView.Show(session.Screen, crontab));
        HashSet<string> failed = [.. crontab.Report.Failed.Select(change => change.Id)];
        CrontabEntry[] imported = [.. crontab.Reading.Entries.Where(entry => !failed.Contains(entry.Schedule))];
        if (import.Allow)
        {
            await AllowAsync(session, imported, cancellation);
        }
        else if (imported.Length > 0 && !crontab.Report.DryRun)
        {
            session.Tell($"The schedules stay paused until an administrator has allowed their commands: osched allow --crontab {import.Set}");
        }

        return Outcome(session, crontab);
    }

    private static async Task AllowAsync(Session session, IReadOnlyCollection<CrontabEntry> entries, CancellationToken cancellation)
    {
        var allowed = new AllowedCommands(session);
        foreach (var entry in entries)
        {
            await allowed.AllowWaitingAsync(entry.Schedule, entry.CommandHash, entry.Command, cancellation);
        }

        allowed.Finish();
    }

    private static int Outcome(Session session, CrontabImport crontab)
    {
        int refused = crontab.Reading.Refusals.Length;
        int jobs = crontab.Reading.Entries.Length;
        int failed = crontab.Report.Failed.Count();
        if (refused == 0)
        {
            return ReportView.RequireAll(crontab.Report);
        }

        string others = crontab.Report.DryRun ? "would be imported" : "were imported";
        throw new CliException(
            CliCodes.CrontabIncomplete,
            string.Create(CultureInfo.InvariantCulture, $"{refused} of {refused + jobs} lines are refused; {jobs - failed} of the other {jobs} {others}."))
        {
            Faults =
            [
                .. session.Json
                    ? crontab.Reading.Refusals.Select(refusal => new DefinitionFault(refusal.Reason, Line: refusal.Line, Column: refusal.Column))
                    : [],
                .. crontab.Report.Failed.Select(change => change.Refusal?.ToFault(change.Id) ?? new DefinitionFault("failed", Field: change.Id)),
            ],
        };
    }

    private static string LocalZone(TimeProvider time)
    {
        string zone = time.LocalTimeZone.Id;
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId
            ? zone
            : throw new CliException(CliCodes.Usage, $"The zone of this machine, '{zone}', has no IANA name. Name one with --zone.");
    }

    private sealed record Import(string File, string Set, Query Query, bool Allow);
}
