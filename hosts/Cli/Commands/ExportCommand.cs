using System.CommandLine;
using System.Globalization;
using OrleansScheduler.Cli.Arguments;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;
using OrleansScheduler.Cli.Rendering;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage.Files;

namespace OrleansScheduler.Cli.Commands;

/// <summary><c>export</c>: an archive of everything that a running server holds.</summary>
internal static class ExportCommand
{
    private const long ProgressBytes = 64 << 20;

    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "Where to; - for the output. A file that is there is replaced when the archive is whole" };
        var skip = Options.Switch("--skip-damaged", "Leave out what is damaged, instead of failing");
        var command = new Command("export", "Write an archive of everything, for administrators. The server goes on meanwhile") { file, skip };
        command.SetAction(runner.Run(async (session, parsed, cancellation) =>
        {
            string name = parsed.GetRequiredValue(file);
            var summary = name == "-"
                ? await ToOutputAsync(session, parsed.GetValue(skip), cancellation)
                : await ToFileAsync(session, name, parsed.GetValue(skip), cancellation);
            ArchiveView.Tell(session, summary);
        }));
        return command;
    }

    // Nothing replaces the file before the last line was read and fits.
    private static async Task<ArchiveSummary> ToFileAsync(Session session, string name, bool skip, CancellationToken cancellation)
    {
        string path = Path.GetFullPath(Path.Combine(session.Console.Folder, name));
        ArchiveSummary? summary = null;
        try
        {
            await AtomicFile.ReplaceAsync(
                path,
                async (stream, token) => summary = await ReadAsync(session, skip, (piece, end) => stream.WriteAsync(piece, end), token),
                cancellation,
                isSecret: true);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new CliException(CliCodes.OutputFailed, fault.Message);
        }

        return summary!;
    }

    // An archive is ASCII, so its bytes are its characters.
    private static Task<ArchiveSummary> ToOutputAsync(Session session, bool skip, CancellationToken cancellation) => ReadAsync(
        session, skip, async (piece, end) => await session.Console.Output.WriteAsync(System.Text.Encoding.ASCII.GetString(piece.Span).AsMemory(), end), cancellation);

    private static Task<ArchiveSummary> ReadAsync(
        Session session, bool skip, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
        session.Client.ExportAsync(
            skip,
            (body, token) =>
            {
                var (bytes, told) = (0L, 0L);
                return ArchiveVerifier.VerifyAsync(
                    new CopyingStream(body, (piece, end) =>
                    {
                        bytes += piece.Length;
                        if (bytes - told >= ProgressBytes)
                        {
                            told = bytes;
                            session.Tell(string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB so far"));
                        }

                        return write(piece, end);
                    }),
                    token);
            },
            cancellation);
}
