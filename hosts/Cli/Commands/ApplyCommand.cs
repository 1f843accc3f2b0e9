using System.CommandLine;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>apply</c>: makes what is live agree with a file of definitions.</summary>
internal static class ApplyCommand
{
    private const int NameCharsMax = 200;

    public static Command Create(CommandRunner runner)
    {
        var file = new Option<string>("--file", "-f") { Description = "scheduler.yaml or .json; - for the input", HelpName = "FILE", Required = true };
        var dryRun = Options.Switch("--dry-run", "Show what would change, and change nothing");
        var prune = Options.Switch("--prune", "Delete what the file created earlier and no longer names");
        var command = new Command("apply", "Apply a file of definitions") { file, dryRun, prune };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            string name = parsed.GetRequiredValue(file);
            string text = await InputFile.ReadAsync(session.Console, name, InputFile.DefinitionBytesMax, cancellation);
            var query = new Query().Add("dry_run", parsed.GetValue(dryRun)).Add("prune", parsed.GetValue(prune))
                .Add("who", session.Who).Add("file", NameFor(name));
            bool isJson = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

            var answer = await session.Client.ApplyAsync(text, isJson, query, cancellation);
            session.Show<DefinitionReport>(answer, report => ReportView.Show(session.Screen, report));
            return ReportView.RequireAll(answer.Read<DefinitionReport>());
        }));
        return command;
    }

    // As it was typed, so that editors and terminals find the places that the server names.
    private static string NameFor(string file) => file switch
    {
        "-" => "stdin",
        { Length: > NameCharsMax } => Path.GetFileName(file),
        _ => file,
    };
}
