using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Cluster.Activations;

/// <summary>What the cluster engine reports.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(1, LogLevel.Error, "A turn of {Kind}/{Key} threw what nobody awaits.")]
    internal static partial void TurnFailed(ILogger log, Exception failure, string kind, string key);

    [LoggerMessage(2, LogLevel.Error, "A timer of {Kind}/{Key} failed.")]
    internal static partial void TimerFailed(ILogger log, Exception failure, string kind, string key);

    [LoggerMessage(3, LogLevel.Warning, "{Kind}/{Key} did not come up.")]
    internal static partial void ActivationFailed(ILogger log, Exception failure, string kind, string key);

    [LoggerMessage(4, LogLevel.Warning, "{Kind}/{Key} ended with a fault; its next call starts it again.")]
    internal static partial void Faulted(ILogger log, Exception fault, string kind, string key);

    [LoggerMessage(5, LogLevel.Error, "{Kind}/{Key} could not flush before it ended.")]
    internal static partial void FlushFailed(ILogger log, Exception failure, string kind, string key);

    [LoggerMessage(6, LogLevel.Warning, "A clock shard could not be touched; it is tried again with the others")]
    internal static partial void ClockFailed(ILogger log, Exception failure);

    [LoggerMessage(7, LogLevel.Warning, "The slots of silos that are gone could not be taken back; it is tried again")]
    internal static partial void LeasesNotEnded(ILogger log, Exception failure);

    [LoggerMessage(8, LogLevel.Warning, "This silo could not join the deployment yet; it tries again")]
    internal static partial void NotJoined(ILogger log, Exception failure);

    [LoggerMessage(9, LogLevel.Warning, "{Kind}/{Key} was imported and could not be woken; the next start of a silo tries it again")]
    internal static partial void NotWoken(ILogger log, Exception failure, string kind, string key);

    [LoggerMessage(10, LogLevel.Debug, "Clock shard {Shard} has moved to {Home}")]
    internal static partial void ClockMoved(ILogger log, string shard, SiloAddress home);

    [LoggerMessage(15, LogLevel.Information, "{Moved} of {Count} clock shards have moved to silos that are their homes now")]
    internal static partial void ClocksMoved(ILogger log, int moved, int count);

    [LoggerMessage(13, LogLevel.Trace, "{Count} clock shards were looked after; {Moved} have moved")]
    internal static partial void ClocksLookedAfter(ILogger log, int count, int moved);

    [LoggerMessage(14, LogLevel.Information, "{Count} silos are gone: their slots are free, and their clock shards are up again")]
    internal static partial void SilosGone(ILogger log, int count);

    [LoggerMessage(11, LogLevel.Warning, "Clock shards could not be brought to their homes; it is tried again")]
    internal static partial void ClocksNotMoved(ILogger log, Exception failure);

    [LoggerMessage(12, LogLevel.Information, "Not all clock shards of this silo were handed over; others bring them up")]
    internal static partial void ClocksNotHandedOver(ILogger log, Exception failure);
}
