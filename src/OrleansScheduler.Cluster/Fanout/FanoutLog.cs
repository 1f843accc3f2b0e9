using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Cluster.Fanout;

/// <summary>What the fan-out reports.</summary>
internal static partial class FanoutLog
{
    [LoggerMessage(1, LogLevel.Warning, "A subscriber of {Topic} failed and was removed.")]
    internal static partial void SubscriberFailed(ILogger log, Exception failure, string topic);

    [LoggerMessage(2, LogLevel.Warning, "This process could not tell {Topic} that it still listens; it tries again.")]
    internal static partial void RenewalFailed(ILogger log, Exception failure, string topic);
}
