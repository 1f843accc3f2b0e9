using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>space get</c>.</summary>
internal static class SpaceGetCommand
{
    public static Command Create(CommandRunner runner)
    {
        var (space, document, path) = (SpaceCommand.Space(), SpaceCommand.Document(), SpaceCommand.Path());
        var at = Options.Number("--at", "As it was at this sequence", 0, long.MaxValue);
        var command = new Command("get", "Print a document, or a value in it") { space, document, path, at };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var query = new Query().Add("path", parsed.GetValue(path)).Add("at", parsed.GetValue(at));
            var answer = await session.Client.GetDocumentAsync(parsed.GetRequiredValue(space), parsed.GetRequiredValue(document), query, cancellation);
            session.Show<DocumentValue>(answer, found => session.Screen.Line(JsonView.Indented(found.Value)));
        }));
        return command;
    }
}
