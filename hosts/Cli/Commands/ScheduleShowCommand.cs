using System.CommandLine;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>schedule show</c>.</summary>
internal static class ScheduleShowCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = ScheduleCommand.Name();
        var command = new Command("show", "Show a schedule whole") { name };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var answer = await session.Client.GetScheduleAsync(parsed.GetRequiredValue(name), cancellation);
            session.Show<ScheduleDetail>(answer, detail => ScheduleView.Show(session.Screen, detail));
        }));
        return command;
    }
}
