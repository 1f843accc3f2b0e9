using OrleansScheduler.Core.Archives;
using OrleansScheduler.Embedded.Storage.Archives;

namespace OrleansScheduler.Embedded;

/// <summary>Archives and the data folders of this engine.</summary>
public static class EmbeddedArchive
{
    /// <summary>Makes a data folder of an archive: what a crash at the instant of the export would have left, one epoch later.</summary>
    /// <param name="folder">Holds no deployment; created when it is missing. No scheduler is started on it.</param>
    /// <param name="archive">The archive, of any engine.</param>
    /// <param name="cancellation">Gives up; the folder then holds no deployment.</param>
    /// <returns>What was imported; it is on the disk.</returns>
    /// <exception cref="Errors.SchedulerException"><c>archive_invalid</c> with <c>line</c> and <c>expected</c>, <c>storage_format</c>,
    /// <c>deployment_not_empty</c>, <c>storage_locked</c>, <c>storage_full</c>, <c>storage_failed</c>. The folder then holds no deployment.</exception>
    public static Task<ArchiveSummary> ImportAsync(string folder, Stream archive, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(archive);
        return SqliteImport.RunAsync(Path.GetFullPath(folder), archive, cancellation);
    }
}
