using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>What the engine reports.</summary>
internal static partial class EngineLog
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

    [LoggerMessage(6, LogLevel.Warning, "{Kind}/{Key} could not be woken; it is tried again.")]
    internal static partial void WakeFailed(ILogger log, Exception failure, string kind, string key);

    [LoggerMessage(7, LogLevel.Warning, "A wake-up is stored for {Kind}/{Key}, but no such kind is registered.")]
    internal static partial void UnknownKind(ILogger log, string kind, string key);

    [LoggerMessage(8, LogLevel.Warning, "A subscriber of {Topic} failed and was removed.")]
    internal static partial void SubscriberFailed(ILogger log, Exception failure, string topic);

    [LoggerMessage(9, LogLevel.Error, "The engine stopped without these actors having flushed: {Actors}.")]
    internal static partial void Unflushed(ILogger log, string actors);

    [LoggerMessage(10, LogLevel.Warning, "The engine stopped while {Count} pieces of foreign work were still under way.")]
    internal static partial void OutsideLeft(ILogger log, int count);
}
