using System.CommandLine;
using System.Text.Json;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>next</c>: when an expression or a phrase is due, without a server.</summary>
internal static class NextCommand
{
    private const string Owner = "default";
    private const int CountMax = 1_000;

    public static Command Create(CommandRunner runner)
    {
        var when = new Argument<string>("WHEN") { Description = "A cron expression or a simple phrase, such as \"every weekday at 09:30\"" };
        var zone = Options.Zone("Zone whose clocks count [default: UTC]");
        var from = Options.Instant("--from", "Only after this instant [default: now]");
        var count = Options.Number("--count", "How many, 1 to 1,000 [default: 5]", 1, CountMax);
        var dayMatch = Options.Constant<DayMatch>("--day-match", "How two restricted day fields of cron combine [default: both]");
        var name = Options.Text("--name", "The schedule whose name H follows [default: next]", "NAME");
        var command = new Command("next", "Show when an expression or a phrase is due, without a server") { when, zone, from, count, dayMatch, name };
        command.SetAction(runner.Run((session, parsed, _) =>
        {
            session.Expression = parsed.GetRequiredValue(when);
            var after = parsed.GetValue(from) ?? session.Time.GetUtcNow();
            string clocks = parsed.GetValue(zone) ?? "UTC";
            var trigger = TriggerText.Parse(session.Expression, clocks, parsed.GetValue(dayMatch) ?? DayMatch.Both, after);
            var schedule = ScheduleId.Of(Owner, parsed.GetValue(name) ?? "next");
            var timetable = Timetable.Of(new ScheduleDefinition(trigger, new HandlerTarget("next")), schedule, after);
            var preview = new SchedulePreview(trigger, timetable.Description, timetable.Next(after, (int)(parsed.GetValue(count) ?? 5)));
            if (session.Json)
            {
                session.Print(JsonSerializer.Serialize(preview, ContractJson.Options));
            }
            else
            {
                ScheduleView.Show(session.Screen, preview, TimeZoneInfo.FindSystemTimeZoneById(clocks));
            }

            return Task.CompletedTask;
        }));
        return command;
    }
}
