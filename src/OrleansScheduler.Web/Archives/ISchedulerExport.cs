namespace OrleansScheduler.Web.Archives;

/// <summary>An archive that is ready to be written, once. Disposing lets go of its instant.</summary>
public interface ISchedulerExport : IDisposable
{
    /// <summary>Writes it. When it fails, what was written is no archive, because its last line is missing.</summary>
    Task WriteToAsync(Stream output, CancellationToken cancellation);
}
