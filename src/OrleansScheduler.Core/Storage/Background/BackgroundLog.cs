using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Core.Storage.Background;

/// <summary>Log messages of background writing.</summary>
internal static partial class BackgroundLog
{
    [LoggerMessage(400, LogLevel.Warning, "storage_degraded: {Target} of {Kind}/{Key} could not be written ({Reason}): {Message}")]
    public static partial void Degraded(ILogger logger, string kind, string key, string target, string reason, string message);

    [LoggerMessage(401, LogLevel.Information, "storage_recovered: {Target} of {Kind}/{Key} is written")]
    public static partial void Recovered(ILogger logger, string kind, string key, string target);

    [LoggerMessage(402, LogLevel.Warning, "{Event} could not be told")]
    public static partial void Untold(ILogger logger, string @event, Exception fault);

    [LoggerMessage(403, LogLevel.Debug, "Health knows of {Event} of {Target}")]
    public static partial void NewsHeard(ILogger logger, string @event, string target);
}
