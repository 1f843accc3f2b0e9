using OrleansScheduler.Clocks;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Clocks;

/// <summary>Keeps all clock shards awake: touches them at start and every 5 s.</summary>
/// <param name="directory">Where the shards are.</param>
/// <param name="start">The present start of the deployment, which shards tell to the schedules that wait for it.</param>
/// <param name="time">The clock.</param>
public sealed class ClockKeeper(IActorDirectory directory, DeploymentStart start, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Touches all shards once; they are awake when it completes.</summary>
    /// <returns>The shards' numbers, in order.</returns>
    /// <exception cref="Errors.SchedulerException">A shard could not be loaded.</exception>
    public Task<ClockSummary[]> TouchAsync(CancellationToken cancellation) => Task.WhenAll(
        Enumerable.Range(0, ClockShard.Count).Select(shard => directory.Get<IClock>(ClockShard.KeyOf(shard)).TouchAsync(start, cancellation)));

    /// <summary>Touches the shards until it is cancelled. A shard that fails is touched again with the others.</summary>
    /// <param name="onFailure">Told what went wrong.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task KeepAsync(Action<Exception> onFailure, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                try
                {
                    await TouchAsync(cancellation);
                }
                catch (Exception fault)
                {
                    // Whoever stops awaits this: what fails then, fails because of it.
                    if (!cancellation.IsCancellationRequested)
                    {
                        onFailure(fault);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
