using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Fanout;

/// <summary>Push between the processes of a cluster, through one grain per topic. A process is one listener of a topic at most.</summary>
/// <remarks>A topic whose grain has moved hears of its listeners again within <see cref="Renewal"/>; what was pushed meanwhile is lost.</remarks>
internal sealed class GrainFanout : IEventFanout, IFanoutListener, IAsyncDisposable
{
    private const int TopicCharactersMax = 200;
    private const int PayloadBytesMax = 256 * 1024;
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ImmutableArray<Subscription>> _topics = new(StringComparer.Ordinal);
    private readonly IGrainFactory _grains;
    private readonly ILogger _log;
    private readonly ITimer _renewal;
    private readonly Lazy<IFanoutListener> _self;

    public GrainFanout(IGrainFactory grains, TimeProvider time, ILogger log)
    {
        _grains = grains;
        _log = log;
        _self = new Lazy<IFanoutListener>(() => grains.CreateObjectReference<IFanoutListener>(this));
        _renewal = time.CreateTimer(static fanout => ((GrainFanout)fanout!).Renew(), this, Renewal, Renewal);
    }

    public async ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        CheckTopic(topic);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, PayloadBytesMax, nameof(payload));
        await TopicOf(topic).PublishAsync(payload.ToArray()).WaitAsync(cancellation);
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync(
        string topic, Func<ReadOnlyMemory<byte>, ValueTask> onEvent, CancellationToken cancellation)
    {
        CheckTopic(topic);
        ArgumentNullException.ThrowIfNull(onEvent);
        cancellation.ThrowIfCancellationRequested();
        var subscription = new Subscription(this, topic, onEvent);
        _topics.AddOrUpdate(topic, static (_, added) => [added], static (_, present, added) => present.Add(added), subscription);
        try
        {
            await TopicOf(topic).ListenAsync(_self.Value).WaitAsync(cancellation);
            return subscription;
        }
        catch
        {
            await subscription.DisposeAsync();
            throw;
        }
    }

    Task<bool> IFanoutListener.OnEventsAsync(string topic, byte[][] payloads)
    {
        if (!_topics.TryGetValue(topic, out ImmutableArray<Subscription> subscriptions))
        {
            return Task.FromResult(false);
        }

        foreach (byte[] payload in payloads)
        {
            foreach (Subscription subscription in subscriptions)
            {
                subscription.Offer(payload);
            }
        }

        return Task.FromResult(true);
    }

    public ValueTask DisposeAsync() => _renewal.DisposeAsync();

    /// <summary>Reports a subscriber whose handler threw.</summary>
    public void Report(Subscription subscription, Exception failure) => FanoutLog.SubscriberFailed(_log, failure, subscription.Topic);

    /// <summary>Ends a subscription, and the interest of this process in its topic with the last one.</summary>
    public void Remove(Subscription subscription)
    {
        while (_topics.TryGetValue(subscription.Topic, out ImmutableArray<Subscription> present))
        {
            ImmutableArray<Subscription> rest = present.Remove(subscription);
            if (rest.IsEmpty
                ? _topics.TryRemove(KeyValuePair.Create(subscription.Topic, present))
                : _topics.TryUpdate(subscription.Topic, rest, present))
            {
                return;
            }
        }
    }

    private static void CheckTopic(string topic)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topic.Length, TopicCharactersMax, nameof(topic));
    }

    private IFanoutTopicGrain TopicOf(string topic) => _grains.GetGrain<IFanoutTopicGrain>(topic);

    private void Renew()
    {
        foreach (string topic in _topics.Keys)
        {
            _ = ListenAgainAsync(topic);
        }
    }

    private async Task ListenAgainAsync(string topic)
    {
        try
        {
            await TopicOf(topic).ListenAsync(_self.Value);
        }
        catch (Exception failure)
        {
            FanoutLog.RenewalFailed(_log, failure, topic);
        }
    }
}
