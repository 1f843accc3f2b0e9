using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>schedule run</c>.</summary>
internal static class ScheduleRunCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = ScheduleCommand.Name();
        var request = Options.Text("--request", "Names the request: repeating it is not a second run", "ID");
        var command = new Command("run", "Run a schedule now, besides its own rhythm") { name, request };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var answer = await session.Client.ExecuteAsync(parsed.GetRequiredValue(name), parsed.GetValue(request), session.Who, cancellation);
            session.Show<ScheduleRun>(answer, run => session.Screen.Table(RunView.Table([run])));
        }));
        return command;
    }
}
