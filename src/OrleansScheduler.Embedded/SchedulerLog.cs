using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Embedded;

/// <summary>Log messages of the embedded scheduler.</summary>
internal static partial class SchedulerLog
{
    [LoggerMessage(1, LogLevel.Warning, "A clock shard could not be touched; it is tried again with the others")]
    public static partial void ClockFailed(ILogger logger, Exception fault);
}
