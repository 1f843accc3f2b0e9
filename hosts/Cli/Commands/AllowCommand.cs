using System.CommandLine;
using System.Text.Json;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>allow</c>: allows the commands of schedules, each shown before.</summary>
internal static class AllowCommand
{
    public static Command Create(CommandRunner runner)
    {
        var schedule = new Argument<string?>("SCHEDULE") { Description = "The schedule whose command to allow", Arity = ArgumentArity.ZeroOrOne };
        var hash = Options.Text("--hash", "Allow it only if its command, or all of the crontab, still has this hash", "HASH");
        var crontab = Options.Text("--crontab", "Show all commands of an imported crontab that wait for it; allow them with --hash", "NAME");
        var show = Options.Switch("--dry-run", "Only show what would be allowed");
        var command = new Command("allow", "Allow the command of a schedule and resume it (administrator)") { schedule, hash, crontab, show };
        command.Validators.Add(result =>
        {
            if (result.GetValue(schedule) is null == result.GetValue(crontab) is null)
            {
                result.AddError("Name either a schedule or --crontab NAME.");
            }
        });
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            ScheduleDetail[] waiting = parsed.GetValue(schedule) is { } name
                ? [await FindAsync(session, name, parsed.GetValue(hash), cancellation)]
                : await WaitingCommands.FindAsync(session, parsed.GetValue(crontab)!, cancellation);
            if (parsed.GetValue(show))
            {
                Show(session, waiting);
                return;
            }

            if (parsed.GetValue(crontab) is { } set)
            {
                RequireSeen(session, set, waiting, parsed.GetValue(hash));
            }

            session.Client.RequireToken();
            if (!session.Json)
            {
                Show(session, waiting);
            }

            var allowed = new AllowedCommands(session);
            foreach (var detail in waiting)
            {
                await allowed.AllowAsync(detail.Schedule.Name, WaitingCommands.HashOf(detail), CommandText.Of(detail.Definition.Target), cancellation);
            }

            allowed.Finish();
        }));
        return command;
    }

    private static async Task<ScheduleDetail> FindAsync(Session session, string name, string? hash, CancellationToken cancellation)
    {
        var detail = (await session.Client.GetScheduleAsync(name, cancellation)).Read<ScheduleDetail>();
        if (detail.Definition.Target.Payload is null)
        {
            throw new CliException(CliCodes.NoCommand, $"{name} has no payload, so there is no command to allow.");
        }

        return hash is null || hash == WaitingCommands.HashOf(detail)
            ? detail
            : throw new CliException(ErrorCodes.RevisionConflict, $"The command of {name} has the hash {WaitingCommands.HashOf(detail)} now, and not {hash}.");
    }

    // Whoever reaches the server can define a schedule that looks like a part of the crontab, so it is not enough to name the crontab.
    private static void RequireSeen(Session session, string crontab, ScheduleDetail[] waiting, string? hash)
    {
        string present = WaitingCommands.HashOf(waiting);
        if (waiting.Length == 0 || hash == present)
        {
            return;
        }

        if (hash is not null)
        {
            throw new CliException(
                ErrorCodes.RevisionConflict, $"The commands of '{crontab}' that wait have the hash {present} now, and not {hash}; look at them again.");
        }

        Show(session, waiting);
        throw new CliException(
            CliCodes.HashMissing,
            $"Nothing is allowed yet: anybody could have added to '{crontab}'. If these commands are yours: osched allow --crontab {crontab} --hash {present}");
    }

    private static void Show(Session session, IEnumerable<ScheduleDetail> details)
    {
        foreach (var detail in details)
        {
            if (session.Json)
            {
                session.Print(JsonSerializer.Serialize(detail, ContractJson.Options));
                continue;
            }

            session.Screen.Facts(
                ("schedule", detail.Schedule.Name),
                ("when", detail.Description),
                ("handler", detail.Definition.Target.Handler),
                ("command", CommandText.Of(detail.Definition.Target)),
                ("payload", detail.Definition.Target.Payload?.ToString()),
                ("hash", WaitingCommands.HashOf(detail)));
            session.Screen.Line();
        }
    }
}
