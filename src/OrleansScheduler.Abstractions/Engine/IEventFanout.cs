namespace OrleansScheduler.Engine;

/// <summary>Push to whoever listens at the moment. At most once: what must not be lost is in a journal.</summary>
public interface IEventFanout
{
    /// <summary>Hands the event to the present subscribers of the topic. A subscriber that lags by more than 1,000 events
    /// loses the newest; its next event shows the gap by its own number.</summary>
    /// <param name="topic">1 to 200 characters.</param>
    /// <param name="payload">Up to 256 KiB; not changed afterwards.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation);

    /// <summary>Listens to a topic until the result is disposed.</summary>
    /// <param name="topic">1 to 200 characters.</param>
    /// <param name="onEvent">Called for one event after another, outside of any turn. What it throws ends the subscription.</param>
    /// <param name="cancellation">Ends the wait for the subscription to stand.</param>
    ValueTask<IAsyncDisposable> SubscribeAsync(
        string topic, Func<ReadOnlyMemory<byte>, ValueTask> onEvent, CancellationToken cancellation);
}
