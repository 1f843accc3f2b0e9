using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Archives;

namespace OrleansScheduler.Hosting;

/// <summary>The archive that a host is given to begin with.</summary>
internal static class HostArchive
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Opens it.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static FileStream Open(string path)
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

    /// <summary>Says what was imported, and what the archive had left out.</summary>
    public static void Tell(string path, ArchiveSummary summary, ILogger logger)
    {
        HostLog.Imported(logger, path, summary.Header.At, summary.Totals.Actors, summary.Header.NextEpoch);
        foreach (ArchiveDamage damage in summary.Totals.Damaged)
        {
            HostLog.LeftOut(logger, path, damage.Actor, damage.Row, damage.Reason);
        }
    }
}
