using OrleansScheduler.Engine;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Hosting;

/// <summary>Stands in for the engine among the services, which exist before it does: it needs some of them to start.</summary>
internal sealed class SchedulerSlot : IActorDirectory, ISchedulerHealth, ISchedulerArchives
{
    private IRunningScheduler? _scheduler;

    private IRunningScheduler Scheduler => _scheduler ?? throw new InvalidOperationException("The engine has not been started.");

    /// <inheritdoc/>
    public long Epoch => Scheduler.Epoch;

    /// <summary>From now on there is an engine.</summary>
    public void Fill(IRunningScheduler scheduler) => _scheduler = scheduler;

    /// <inheritdoc/>
    public TActor Get<TActor>(string key)
        where TActor : class => Scheduler.Directory.Get<TActor>(key);

    /// <inheritdoc/>
    public Task<ISchedulerExport> OpenAsync(bool skipDamaged, CancellationToken cancellation) => Scheduler.OpenAsync(skipDamaged, cancellation);

    /// <inheritdoc/>
    public HealthReport Report() => Scheduler.Health();
}
