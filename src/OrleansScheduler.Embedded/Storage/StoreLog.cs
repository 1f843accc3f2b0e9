using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Log messages of the store.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(10, LogLevel.Error, "storage_degraded: {Folder} cannot be written ({Reason}): {Message}")]
    public static partial void Degraded(ILogger logger, string folder, string reason, string message);

    [LoggerMessage(11, LogLevel.Information, "storage_recovered: {Folder} is written again")]
    public static partial void Recovered(ILogger logger, string folder);

    [LoggerMessage(12, LogLevel.Error, "corrupt_state: {Folder} holds something damaged: {Message}")]
    public static partial void Damaged(ILogger logger, string folder, string message);
}
