using System.CommandLine;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>schedule rm</c>.</summary>
internal static class ScheduleRemoveCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = ScheduleCommand.Name();
        var command = new Command("rm", "Delete a schedule; a run under way is asked to stop. Repeating it changes nothing") { name };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var answer = await session.Client.DeleteScheduleAsync(parsed.GetRequiredValue(name), session.Who, cancellation);
            session.Confirm(answer, $"{parsed.GetValue(name)} is deleted.");
        }));
        return command;
    }
}
