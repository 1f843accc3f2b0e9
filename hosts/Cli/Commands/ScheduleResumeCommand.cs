using System.CommandLine;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>schedule resume</c>.</summary>
internal static class ScheduleResumeCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = ScheduleCommand.Name();
        var command = new Command("resume", "Let a schedule be due again, from now on") { name };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var answer = await session.Client.ResumeAsync(parsed.GetRequiredValue(name), session.Who, cancellation);
            session.Show<ScheduleDetail>(answer, detail =>
                session.Screen.Line($"{detail.Schedule.Name} is {Words.Of(detail.State)}, next {Words.Of(detail.NextInstant) ?? "at a start, or never"}."));
        }));
        return command;
    }
}
