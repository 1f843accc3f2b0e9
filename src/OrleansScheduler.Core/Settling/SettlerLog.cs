using Microsoft.Extensions.Logging;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Settling;

/// <summary>Log messages of settlers.</summary>
internal static partial class SettlerLog
{
    [LoggerMessage(100, LogLevel.Warning, "The pass over {Space} failed (attempt {Attempt}); it is repeated")]
    public static partial void PassFailed(ILogger logger, string space, int attempt, Exception fault);

    [LoggerMessage(101, LogLevel.Debug, "{Action} run {Run} {Status}: {Landing}")]
    public static partial void RunLanded(ILogger logger, ActionId action, long run, RunStatus status, Landing landing);

    [LoggerMessage(102, LogLevel.Warning, "The statistics of {Space} cannot be read; runs go on, uncounted if it lasts")]
    public static partial void StatisticsUnread(ILogger logger, string space, Exception fault);

    [LoggerMessage(103, LogLevel.Warning, "The newest {Row} of {Space} were not written before the end: {Reason}")]
    public static partial void StatisticsLost(ILogger logger, string space, string row, string reason);

    [LoggerMessage(105, LogLevel.Error, "{Runs} runs of {Space} wait to be counted, which is the limit: those that follow are not, until its statistics can be read")]
    public static partial void RunsUncounted(ILogger logger, string space, int runs);

    [LoggerMessage(104, LogLevel.Debug, "{Row} of {Space} is written")]
    public static partial void StatisticsWritten(ILogger logger, string row, string space);
}
