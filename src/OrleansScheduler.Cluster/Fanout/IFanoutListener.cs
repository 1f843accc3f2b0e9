namespace OrleansScheduler.Cluster.Fanout;

/// <summary>The end of the fan-out in one process.</summary>
[Alias("scheduler.listener")]
internal interface IFanoutListener : IGrainObserver
{
    /// <summary>Events of a topic, in their order. The next ones are sent when this is answered.</summary>
    /// <returns>False when nobody in this process listens to the topic any more.</returns>
    [Alias("events")]
    Task<bool> OnEventsAsync(string topic, byte[][] payloads);
}
