using OrleansScheduler.Core.Archives;
using OrleansScheduler.Web.Archives;

namespace OrleansScheduler.Hosting;

/// <summary>An export of the engine, as the web interface sends it.</summary>
internal sealed class HostExport(SchedulerExport export) : ISchedulerExport
{
    /// <inheritdoc/>
    public Task WriteToAsync(Stream output, CancellationToken cancellation) => export.WriteToAsync(output, cancellation);

    /// <inheritdoc/>
    public void Dispose() => export.Dispose();
}
