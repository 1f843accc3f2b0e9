using Microsoft.Extensions.Logging;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Schedules;

/// <summary>Log messages of schedules.</summary>
internal static partial class ScheduleLog
{
    [LoggerMessage(300, LogLevel.Debug, "Run {Run} ended: {Status} {Error}")]
    public static partial void RunEnded(ILogger logger, RunId run, RunStatus status, string? error);

    [LoggerMessage(301, LogLevel.Warning, "Run {Run} was open when its process or activation ended; it counts as lost")]
    public static partial void RunLost(ILogger logger, RunId run);

    [LoggerMessage(302, LogLevel.Warning, "The end of run {Run} could not be stored: {Reason}")]
    public static partial void RunAbandoned(ILogger logger, RunId run, string reason);
}
