using OrleansScheduler.Cluster.Activations;

namespace OrleansScheduler.Cluster.Fanout;

/// <summary>Keeps its listeners in memory only: they tell again before they are forgotten, and when the grain has moved.</summary>
/// <remarks>Not reentrant: events leave in the order in which they came.</remarks>
[GrainType("scheduler-topic")]
internal sealed class FanoutTopicGrain(IGrainContext grain, ClusterProcess process) : IFanoutTopicGrain, IGrainBase
{
    private const int ListenersMax = 1_000;

    /// <summary>How long a process counts as a listener without telling again.</summary>
    public static readonly TimeSpan ListeningFor = TimeSpan.FromSeconds(90);

    private readonly Dictionary<IFanoutListener, DateTimeOffset> _until = [];

    /// <inheritdoc/>
    public IGrainContext GrainContext => grain;

    /// <inheritdoc/>
    public Task ListenAsync(IFanoutListener listener)
    {
        if (_until.Count < ListenersMax || _until.ContainsKey(listener))
        {
            _until[listener] = process.Options.Time.GetUtcNow() + ListeningFor;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task LeaveAsync(IFanoutListener listener)
    {
        _until.Remove(listener);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PublishAsync(byte[] payload)
    {
        DateTimeOffset now = process.Options.Time.GetUtcNow();
        foreach ((IFanoutListener listener, DateTimeOffset until) in _until.ToArray())
        {
            if (until < now)
            {
                _until.Remove(listener);
                continue;
            }

            // One way: it is over when it is on its way, and what becomes of it nobody hears.
            _ = listener.OnEventAsync(this.GetPrimaryKeyString(), payload);
        }

        return Task.CompletedTask;
    }
}
