using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Settling;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>space pull</c>.</summary>
internal static class SpacePullCommand
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(20);

    public static Command Create(CommandRunner runner)
    {
        var (space, document, path) = (SpaceCommand.Space(), SpaceCommand.Document(), SpaceCommand.Path());
        var wait = Options.Length("--wait", "How long to wait for what writes it, 0s to 20s [default: 20s]", "0s", "20s");
        var command = new Command("pull", "Run what a document needs, then print it") { space, document, path, wait };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var query = new Query().Add("document", parsed.GetValue(document)).Add("path", parsed.GetValue(path));
            var answer = await session.Client.PullAsync(
                parsed.GetRequiredValue(space), query, parsed.GetValue(wait) ?? DefaultWait, cancellation);
            session.Show<PullAnswer>(answer, pulled =>
            {
                session.Screen.Line(JsonView.Indented(pulled.Read.Value));
                if (!pulled.Settled)
                {
                    session.Tell("The wait ended before everything that writes it had run; this is what is there.");
                }
            });
        }));
        return command;
    }
}
