namespace OrleansScheduler.Core.Archives;

/// <summary>Reads an archive only to find out whether it is whole and sound, and what it holds.</summary>
public static class ArchiveVerifier
{
    /// <summary>Reads all of a stream.</summary>
    /// <param name="stream">The archive.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="Errors.SchedulerException"><c>archive_invalid</c> with the details <c>line</c> and <c>expected</c>;
    /// <c>storage_format</c> when a newer version wrote it.</exception>
    public static Task<ArchiveSummary> VerifyAsync(Stream stream, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ArchiveReader.ReadAsync(stream, new Nowhere(), cancellation);
    }

    private sealed class Nowhere : IArchiveSink
    {
        public void Begin(ArchiveHeader header)
        {
        }

        public void Take(ArchivePart part)
        {
        }
    }
}
