using OrleansScheduler.Engine;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A wake-up that is forgotten as soon as it is set.</summary>
internal sealed class NoWakeup : IWakeup
{
    public Task SetAsync(DateTimeOffset due, CancellationToken cancellation) => Task.CompletedTask;

    public Task ClearAsync(CancellationToken cancellation) => Task.CompletedTask;
}
