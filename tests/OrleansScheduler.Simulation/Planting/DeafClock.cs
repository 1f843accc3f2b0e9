using OrleansScheduler.Clocks;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A clock that says it has heard an announcement, and has not.</summary>
internal sealed class DeafClock(IClock inner) : IClock
{
    public Task AnnounceAsync(ScheduleId schedule, Attention attention, CancellationToken cancellation) => Task.CompletedTask;

    public Task<ClockSummary> TouchAsync(DeploymentStart start, CancellationToken cancellation) => inner.TouchAsync(start, cancellation);
}
