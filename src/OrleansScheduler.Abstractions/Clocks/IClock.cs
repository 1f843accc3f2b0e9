using OrleansScheduler.Engine;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Clocks;

/// <summary>One of 64 shards that know when schedules want attention, and call them then. Key: the number of the shard.</summary>
[Actor("clock")]
public interface IClock
{
    /// <summary>A message of a schedule: when it wants attention next. The highest number of a schedule wins, so a repeat is harmless.</summary>
    Task AnnounceAsync(ScheduleId schedule, Attention attention, CancellationToken cancellation);

    /// <summary>Keeps the shard awake, and lets it call what is due. Hosts do so at start and every 5 s.</summary>
    /// <param name="start">The present start of the deployment. Schedules that wait for a start and do not know it are called.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<ClockSummary> TouchAsync(DeploymentStart start, CancellationToken cancellation);
}
