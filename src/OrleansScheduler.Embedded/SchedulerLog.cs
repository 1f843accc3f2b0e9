using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Embedded;

/// <summary>Log messages of the embedded scheduler.</summary>
internal static partial class SchedulerLog
{
    [LoggerMessage(1, LogLevel.Warning, "A clock shard could not be touched; it is tried again with the others")]
    public static partial void ClockFailed(ILogger logger, Exception fault);

    [LoggerMessage(2, LogLevel.Debug, "Health knows of {Event} of {Target}")]
    public static partial void NewsHeard(ILogger logger, string @event, string target);
}
