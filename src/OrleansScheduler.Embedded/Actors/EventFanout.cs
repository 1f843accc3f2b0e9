using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>Push within the process. A topic exists only while somebody listens to it.</summary>
internal sealed class EventFanout(ITurnScheduler scheduler, ILogger log) : IEventFanout
{
    private const int TopicCharsMax = 200;
    private const int PayloadBytesMax = 256 * 1024;

    private readonly ConcurrentDictionary<string, ImmutableArray<Subscription>> _topics = new(StringComparer.Ordinal);

    /// <summary>Topics somebody listens to.</summary>
    internal int TopicCount => _topics.Count;

    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        CheckTopic(topic);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, PayloadBytesMax, nameof(payload));
        if (_topics.TryGetValue(topic, out var subscriptions))
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Offer(payload);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        string topic, Func<ReadOnlyMemory<byte>, ValueTask> onEvent, CancellationToken cancellation)
    {
        CheckTopic(topic);
        ArgumentNullException.ThrowIfNull(onEvent);
        cancellation.ThrowIfCancellationRequested();
        var subscription = new Subscription(this, topic, onEvent);
        _topics.AddOrUpdate(topic, static (_, added) => [added], static (_, present, added) => present.Add(added), subscription);
        return ValueTask.FromResult<IAsyncDisposable>(subscription);
    }

    /// <summary>Starts a subscriber that has events and is not at work.</summary>
    internal void Schedule(Subscription subscription) => scheduler.ScheduleOutside(subscription);

    /// <summary>Reports a subscriber whose handler threw.</summary>
    internal void Report(Subscription subscription, Exception failure) =>
        EngineLog.SubscriberFailed(log, failure, subscription.Topic);

    /// <summary>Ends a subscription, and its topic with the last one.</summary>
    internal void Remove(Subscription subscription)
    {
        while (_topics.TryGetValue(subscription.Topic, out var present))
        {
            var rest = present.Remove(subscription);
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
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topic.Length, TopicCharsMax, nameof(topic));
    }
}
