using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>schedule ls</c>.</summary>
internal static class ScheduleListCommand
{
    public static Command Create(CommandRunner runner)
    {
        var after = Options.Text("--after", "Begin behind this name", "NAME");
        var limit = Options.Number("--limit", "At most so many, 1 to 100 [default: 100]", 1, 100);
        var command = new Command("ls", "List schedules by name") { after, limit };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var answer = await session.Client.ListSchedulesAsync(parsed.GetValue(after), parsed.GetValue(limit) ?? 100, cancellation);
            session.Show<SchedulePage>(answer, page =>
            {
                session.Screen.Table(ScheduleView.Table(page.Schedules));
                if (page.Next is { } next)
                {
                    session.Tell($"There are more: osched schedule ls --after {next}");
                }
                else if (page.Schedules.IsEmpty)
                {
                    session.Tell("There are no schedules.");
                }
            });
        }));
        return command;
    }
}
