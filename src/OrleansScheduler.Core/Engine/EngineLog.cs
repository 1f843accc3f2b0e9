using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Core.Engine;

/// <summary>Log messages that any actor may write.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Kind}/{Key} could not tell what it owes (attempt {Attempt}); it tries again")]
    public static partial void AnnouncementFailed(ILogger logger, string kind, string key, int attempt, Exception fault);
}
