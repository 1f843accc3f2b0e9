namespace OrleansScheduler.Cluster.Fanout;

/// <summary>One topic: it knows the processes that listen and passes events on to them. Key: the topic.</summary>
[Alias("scheduler.topic")]
internal interface IFanoutTopicGrain : IGrainWithStringKey
{
    /// <summary>Counts as a listener for <see cref="FanoutTopicGrain.ListeningFor"/>; to be repeated.</summary>
    [Alias("listen")]
    Task ListenAsync(IFanoutListener listener);

    /// <summary>Passes an event on, in the order of the calls.</summary>
    [Alias("publish")]
    Task PublishAsync(byte[] payload);
}
