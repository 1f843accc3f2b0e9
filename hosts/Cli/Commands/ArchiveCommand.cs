using System.CommandLine;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>archive</c>: what is in an archive.</summary>
internal static class ArchiveCommand
{
    public static Command Create(CommandRunner runner) => new("archive", "Look into an archive of export")
    {
        ArchiveShowCommand.Create(runner),
    };
}
