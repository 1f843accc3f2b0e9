using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>schedule pause</c>.</summary>
internal static class SchedulePauseCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = ScheduleCommand.Name();
        var reason = Options.Text("--reason", "Why, for those who find it paused");
        var command = new Command("pause", "Stop a schedule from being due; what runs goes on") { name, reason };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var answer = await session.Client.PauseAsync(parsed.GetRequiredValue(name), parsed.GetValue(reason), session.Who, cancellation);
            session.Show<ScheduleDetail>(answer, detail => session.Screen.Line($"{detail.Schedule.Name} is paused: {detail.Reason}"));
        }));
        return command;
    }
}
