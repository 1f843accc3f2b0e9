using Microsoft.Extensions.Hosting;

namespace OrleansScheduler.Silo;

/// <summary>A lifetime that hears no signals: whoever started the host stops it.</summary>
internal sealed class ObedientLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
