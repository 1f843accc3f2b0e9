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

    private readonly Dictionary<IFanoutListener, FanoutLink> _links = [];

    /// <inheritdoc/>
    public IGrainContext GrainContext => grain;

    /// <inheritdoc/>
    public Task ListenAsync(IFanoutListener listener)
    {
        if (!_links.TryGetValue(listener, out FanoutLink? link))
        {
            if (_links.Count >= ListenersMax)
            {
                return Task.CompletedTask;
            }

            link = new FanoutLink(listener, this.GetPrimaryKeyString());
            _links.Add(listener, link);
        }

        link.Renew(process.Options.Time.GetUtcNow() + ListeningFor);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PublishAsync(byte[] payload)
    {
        DateTimeOffset now = process.Options.Time.GetUtcNow();
        foreach ((IFanoutListener listener, FanoutLink link) in _links.ToArray())
        {
            if (link.IsOver || link.Until < now)
            {
                _links.Remove(listener);
            }
            else
            {
                // It is over when it is on its way, and what becomes of it nobody hears.
                link.Offer(payload);
            }
        }

        return Task.CompletedTask;
    }
}
