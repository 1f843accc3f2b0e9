using System.CommandLine;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>space</c>: documents, and why they are as they are.</summary>
internal static class SpaceCommand
{
    public static Command Create(CommandRunner runner) => new("space", "Documents of a space, and why they are as they are")
    {
        SpaceGetCommand.Create(runner),
        SpaceSetCommand.Create(runner),
        SpacePullCommand.Create(runner),
        SpaceExplainCommand.Create(runner),
        SpaceStatisticsCommand.Create(runner),
    };

    /// <summary>The name of a space.</summary>
    public static Argument<string> Space() => new("SPACE") { Description = "The name of the space" };

    /// <summary>The id of a document.</summary>
    public static Argument<string> Document() => new("DOCUMENT") { Description = "The id of the document" };

    /// <summary>A place in a document.</summary>
    public static Option<string?> Path() => Arguments.Options.Text("--path", "A place in the document, such as /prices/0 [default: the whole]", "PATH");
}
