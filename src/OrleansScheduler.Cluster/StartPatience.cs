using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster;

/// <summary>Repeats what fails for the moment while a silo starts, for about a minute: as long as it may take until a silo that died is known to be dead.</summary>
internal sealed class StartPatience(TimeProvider time, Action<Exception> onFailure)
{
    /// <summary>How often something is tried.</summary>
    public const int TriesMax = 13;

    /// <summary>The time between two tries.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <exception cref="SchedulerException">The last failure, or the first one that repeating does not mend.</exception>
    public async Task<T> TryAsync<T>(Func<Task<T>> act, CancellationToken cancellation)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await act();
            }
            catch (SchedulerException fault) when (fault.IsTransient && tries < TriesMax)
            {
                onFailure(fault);
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }
}
