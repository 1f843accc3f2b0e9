using System.CommandLine;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Core.Archives;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>archive show</c>: proves an archive, and says what it holds. It needs no server.</summary>
internal static class ArchiveShowCommand
{
    private const int BufferBytes = 1 << 20;

    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "The archive" };
        var command = new Command("show", "Prove an archive, and show what it holds") { file };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            await using var stream = Open(session, parsed.GetRequiredValue(file));
            ArchiveView.Show(session, await ArchiveVerifier.VerifyAsync(stream, cancellation));
        }));
        return command;
    }

    private static FileStream Open(Session session, string name)
    {
        try
        {
            return new FileStream(
                Path.Combine(session.Console.Folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(CliCodes.FileUnreadable, $"'{name}' cannot be read: {fault.Message}");
        }
    }
}
