using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Standalone;

/// <summary>Log messages about imports.</summary>
internal static partial class ImportLog
{
    [LoggerMessage(902, LogLevel.Information, "Imported {File} of {At:O}: {Actors} actors; the deployment is in epoch {Epoch}")]
    public static partial void Imported(ILogger logger, string file, DateTimeOffset at, long actors, long epoch);

    [LoggerMessage(903, LogLevel.Warning, "{File} was taken of damaged data: {Actor}, {Row}: {Reason}")]
    public static partial void LeftOut(ILogger logger, string file, string actor, string row, string reason);
}
