using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Embedded;
using OrleansScheduler.Hosting;

namespace OrleansScheduler.Standalone;

/// <summary>Makes the data folder of an archive, before the engine opens it.</summary>
internal static class HostImport
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Imports the archive that the host was given; nothing happens without one.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    /// <exception cref="Errors.SchedulerException">See <see cref="EmbeddedArchive.ImportAsync"/>.</exception>
    public static async Task RunAsync(StandaloneArguments arguments, ILogger logger, CancellationToken cancellation)
    {
        if (arguments.Import is not { } path)
        {
            return;
        }

        await using FileStream archive = Open(path);
        ArchiveSummary summary = await EmbeddedArchive.ImportAsync(arguments.Data, archive, cancellation);
        ImportLog.Imported(logger, path, summary.Header.At, summary.Totals.Actors, summary.Header.NextEpoch);
        foreach (ArchiveDamage damage in summary.Totals.Damaged)
        {
            ImportLog.LeftOut(logger, path, damage.Actor, damage.Row, damage.Reason);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--import: {fault.Message}");
        }
    }
}
