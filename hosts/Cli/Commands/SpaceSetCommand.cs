using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>space set</c>.</summary>
internal static class SpaceSetCommand
{
    public static Command Create(CommandRunner runner)
    {
        var (space, document, path) = (SpaceCommand.Space(), SpaceCommand.Document(), SpaceCommand.Path());
        var value = new Argument<string>("JSON") { Description = "The value; @FILE for a file, @- for the input. Negative numbers need -- before them" };
        var command = new Command("set", "Commit a document, or a value in it") { space, document, value, path };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            var json = await JsonText.ReadAsync(session.Console, "JSON", parsed.GetRequiredValue(value), cancellation);
            var query = new Query().Add("path", parsed.GetValue(path));
            var answer = await session.Client.SetDocumentAsync(
                parsed.GetRequiredValue(space), parsed.GetRequiredValue(document), query, json.ToUtf8(), cancellation);
            session.Show<CommitReceipt>(answer, receipt => session.Screen.Line(receipt.Changed
                ? $"Commit {Words.Of(receipt.Sequence)}; {Words.Of(receipt.Marked)} actions have a cause to run."
                : $"Nothing changed; the space is at {Words.Of(receipt.Sequence)}."));
        }));
        return command;
    }
}
