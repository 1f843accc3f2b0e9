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
}
