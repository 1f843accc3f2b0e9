using System.CommandLine;
using System.Text.Json;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>allow</c>: allows the commands of schedules, each shown before.</summary>
internal static class AllowCommand
{
    private const int PagesMax = 1_000;
    private const int PageItems = 100;

    public static Command Create(CommandRunner runner)
    {
        var schedule = new Argument<string?>("SCHEDULE") { Description = "The schedule whose command to allow", Arity = ArgumentArity.ZeroOrOne };
        var hash = Options.Text("--hash", "Allow it only if its command still has this hash", "HASH");
        var crontab = Options.Text("--crontab", "Allow all commands of an imported crontab that wait for it", "NAME");
        var show = Options.Switch("--dry-run", "Only show what would be allowed");
        var command = new Command("allow", "Allow the command of a schedule and resume it (administrator)") { schedule, hash, crontab, show };
        command.Validators.Add(result =>
        {
            if (result.GetValue(schedule) is null == result.GetValue(crontab) is null)
            {
                result.AddError("Name either a schedule or --crontab NAME.");
            }
            else if (result.GetValue(crontab) is not null && result.GetValue(hash) is not null)
            {
                result.AddError("--hash is for one schedule.");
            }
        });
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            ScheduleDetail[] waiting = parsed.GetValue(schedule) is { } name
                ? [await FindAsync(session, name, parsed.GetValue(hash), cancellation)]
                : await FindAllAsync(session, parsed.GetValue(crontab)!, cancellation);
            if (parsed.GetValue(show))
            {
                Show(session, waiting);
                return;
            }

            session.Client.RequireToken();
            if (!session.Json)
            {
                Show(session, waiting);
            }

            var allowed = new AllowedCommands(session);
            foreach (var detail in waiting)
            {
                await allowed.AllowAsync(detail.Schedule.Name, HashOf(detail), CommandText.Of(detail.Definition.Target), cancellation);
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

        return hash is null || hash == HashOf(detail)
            ? detail
            : throw new CliException(ErrorCodes.RevisionConflict, $"The command of {name} has the hash {HashOf(detail)} now, and not {hash}.");
    }

    private static async Task<ScheduleDetail[]> FindAllAsync(Session session, string crontab, CancellationToken cancellation)
    {
        List<ScheduleDetail> found = [];
        string? after = null;
        for (int page = 0; page < PagesMax; page++)
        {
            var answer = (await session.Client.ListSchedulesAsync(after, PageItems, cancellation)).Read<SchedulePage>();
            found.AddRange(answer.Schedules.Where(detail => detail.Definition.Labels?.GetValueOrDefault("crontab") == crontab));
            after = answer.Next;
            if (after is null)
            {
                break;
            }
        }

        if (found.Count == 0)
        {
            throw new CliException(ErrorCodes.NotFound, $"No schedule comes from a crontab '{crontab}'.");
        }

        ScheduleDetail[] waiting = [.. found.Where(detail => AllowedCommands.Waits(detail) && detail.Definition.Target.Payload is not null)];
        if (waiting.Length < found.Count)
        {
            session.Tell($"{Words.Of(found.Count - waiting.Length)} of {Words.Of(found.Count)} schedules of '{crontab}' do not wait for this and are left as they are.");
        }

        return waiting;
    }

    private static string HashOf(ScheduleDetail detail) => JsonValue.HashOf(detail.Definition.Target.Payload).ToString();

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
                ("hash", HashOf(detail)));
            session.Screen.Line();
        }
    }
}
