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

    [LoggerMessage(303, LogLevel.Warning, "The slot of run {Run} could not be given back; it is free once that succeeds, or its lease ends: {Reason}")]
    public static partial void SlotNotReleased(ILogger logger, RunId run, string reason);

    [LoggerMessage(304, LogLevel.Debug, "The history knows {Runs} ended runs of {Schedule}")]
    public static partial void HistoryTold(ILogger logger, long runs, ScheduleId schedule);

    [LoggerMessage(305, LogLevel.Debug, "Run {Run} waits for a slot")]
    public static partial void RunQueued(ILogger logger, RunId run);

    [LoggerMessage(306, LogLevel.Debug, "The catalog knows membership {Membership} of {Schedule}")]
    public static partial void CatalogTold(ILogger logger, long membership, ScheduleId schedule);

    [LoggerMessage(307, LogLevel.Debug, "The clock knows attention {Attention} of {Schedule}")]
    public static partial void ClockTold(ILogger logger, long attention, ScheduleId schedule);

    [LoggerMessage(308, LogLevel.Debug, "{Schedule} was called by its clock for attention {Attention}")]
    public static partial void Attended(ILogger logger, ScheduleId schedule, long attention);
}
