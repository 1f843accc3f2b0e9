using System.CommandLine;
using OrleansScheduler.Actions;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>runs ls</c>.</summary>
internal static class RunsListCommand
{
    public static Command Create(CommandRunner runner)
    {
        var schedule = new Argument<string?>("SCHEDULE") { Description = "Only its runs, open ones too", Arity = ArgumentArity.ZeroOrOne };
        var status = Options.Constant<RunStatus>("--status", "Only those that stand so");
        var from = Options.Instant("--from", "Only since then");
        var to = Options.Instant("--to", "Only until then");
        var limit = Options.Number("--limit", "At most so many, 1 to 200 [default: 50]", 1, 200);
        var cursor = Options.Text("--cursor", "Go on where a list ended", "CURSOR");
        var command = new Command("ls", "List runs, newest first") { schedule, status, from, to, limit, cursor };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var query = new Query().Add("schedule", parsed.GetValue(schedule))
                .Add("status", parsed.GetValue(status) is { } wanted ? Words.Of(wanted) : null)
                .Add("from", parsed.GetValue(from)).Add("to", parsed.GetValue(to))
                .Add("limit", parsed.GetValue(limit) ?? 50).Add("cursor", parsed.GetValue(cursor));
            var answer = await session.Client.ListRunsAsync(query, cancellation);
            session.Show<RunPage>(answer, page =>
            {
                session.Screen.Table(RunView.Table(page.Runs));
                if (page.Next is { } next)
                {
                    session.Tell($"There are more; the same command with --cursor {next}");
                }
                else if (page.Runs.IsEmpty)
                {
                    session.Tell("There are no such runs.");
                }
            });
        }));
        return command;
    }
}
