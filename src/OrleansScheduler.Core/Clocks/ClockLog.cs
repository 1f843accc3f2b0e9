using Microsoft.Extensions.Logging;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Clocks;

/// <summary>Log messages of clocks.</summary>
internal static partial class ClockLog
{
    [LoggerMessage(200, LogLevel.Warning, "Schedule {Schedule} did not answer its clock (attempt {Attempt}); it is called again")]
    public static partial void CallFailed(ILogger logger, ScheduleId schedule, int attempt, Exception fault);
}
