using Microsoft.Extensions.Logging;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Governing;

/// <summary>Log messages of the governor.</summary>
internal static partial class GovernorLog
{
    [LoggerMessage(400, LogLevel.Warning, "The lease of run {Run} expired; its slot is free again")]
    public static partial void LeaseExpired(ILogger logger, RunId run);
}
