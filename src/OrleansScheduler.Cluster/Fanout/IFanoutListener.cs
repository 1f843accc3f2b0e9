namespace OrleansScheduler.Cluster.Fanout;

/// <summary>The end of the fan-out in one process.</summary>
[Alias("scheduler.listener")]
internal interface IFanoutListener : IGrainObserver
{
    /// <summary>An event of a topic; nobody waits for it.</summary>
    [OneWay]
    [Alias("event")]
    Task OnEventAsync(string topic, byte[] payload);
}
