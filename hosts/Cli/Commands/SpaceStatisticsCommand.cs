using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Settling;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>space stats</c>.</summary>
internal static class SpaceStatisticsCommand
{
    public static Command Create(CommandRunner runner)
    {
        var space = SpaceCommand.Space();
        var after = Options.Text("--after", "Begin behind this place, as a page before it named it", "PLACE");
        var limit = Options.Number("--limit", "At most so many, 1 to 100 [default: 100]", 1, 100);
        var command = new Command("stats", "Show what the runs of the actions took") { space, after, limit };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            string name = parsed.GetRequiredValue(space);
            var answer = await session.Client.ListStatisticsAsync(name, parsed.GetValue(after), parsed.GetValue(limit) ?? 100, cancellation);
            session.Show<StatisticsPage>(answer, page =>
            {
                var table = new TextTable("action", "runs", "failed", "total", "average", "longest", "last", "last at");
                foreach (var entry in page.Actions)
                {
                    table.Add(
                        entry.Action.ToString(),
                        Words.Of(entry.Runs),
                        Words.Of(entry.Failed),
                        Words.Of(entry.Total),
                        Words.Of(entry.Average),
                        Words.Of(entry.Max),
                        Words.Of(entry.Last),
                        Words.Of(entry.LastAt));
                }

                session.Screen.Table(table);
                session.Tell($"{Words.Of(page.Runs)} runs in all, {Words.Of(page.Failed)} failed, {Words.Of(page.Total)} together.");
                if (page.Next is { } next)
                {
                    session.Tell($"There are more: osched space stats {name} --after {next}");
                }
            });
        }));
        return command;
    }
}
