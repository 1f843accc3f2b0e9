using System.Collections.Concurrent;

namespace OrleansScheduler.Cluster.Activations;

/// <summary>The actors that this silo has in memory, and what looks after those without requests.</summary>
/// <remarks>Orleans cannot ask an actor whether it is idle, so it is told to keep them and this decides.</remarks>
internal sealed class LiveActivations
{
    private readonly ConcurrentDictionary<ClusterActivation, bool> _live = [];

    public IEnumerable<ClusterActivation> All => _live.Select(static pair => pair.Key);

    public void Add(ClusterActivation activation) => _live[activation] = true;

    public void Remove(ClusterActivation activation) => _live.TryRemove(activation, out _);

    /// <summary>Asks those to end that had no request for a while. They go between one and three sweeps late.</summary>
    public void Sweep(TimeProvider time, TimeSpan idleAfter)
    {
        long now = time.GetTimestamp();
        foreach (ClusterActivation activation in All)
        {
            if (activation.Touched)
            {
                activation.Touched = false;
                activation.IdleSince = now;
            }
            else if (activation.LooksIdle && time.GetElapsedTime(activation.IdleSince, now) >= idleAfter)
            {
                activation.EndIfIdle();
            }
        }
    }
}
