using System.CommandLine;
using OrleansScheduler.Actions;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>space explain</c>.</summary>
internal static class SpaceExplainCommand
{
    public static Command Create(CommandRunner runner)
    {
        var space = SpaceCommand.Space();
        var action = new Argument<string>("ACTION") { Description = "The id of an action, or a name that one action has" };
        var run = Options.Number("--run", "This run of it [default: the newest]", 1, long.MaxValue);
        var command = new Command("explain", "Say why an action ran, or is to run") { space, action, run };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var answer = await session.Client.ExplainAsync(
                parsed.GetRequiredValue(space), parsed.GetRequiredValue(action), parsed.GetValue(run), cancellation);
            session.Show<Explanation>(answer, explanation =>
            {
                foreach (string sentence in explanation.Sentences)
                {
                    session.Screen.Line(sentence);
                }
            });
        }));
        return command;
    }
}
