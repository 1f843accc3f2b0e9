using Microsoft.Extensions.Logging;
using OrleansScheduler.Cluster;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Hosting;

namespace OrleansScheduler.Silo;

/// <summary>The archive that a silo is given.</summary>
internal static class SiloImport
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Opens the archive.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static Stream Open(string path)
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

    /// <summary>Says what was imported; nothing without an import.</summary>
    public static void Tell(string? path, ClusterScheduler scheduler, ILogger logger)
    {
        if (path is null || scheduler.Imported is not { } summary)
        {
            return;
        }

        SiloLog.Imported(logger, path, summary.Header.At, summary.Totals.Actors, scheduler.Epoch);
        foreach (ArchiveDamage damage in summary.Totals.Damaged)
        {
            SiloLog.LeftOut(logger, path, damage.Actor, damage.Row, damage.Reason);
        }
    }
}
