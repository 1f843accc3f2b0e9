using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Silo;

/// <summary>Log messages of the host.</summary>
internal static partial class SiloLog
{
    [LoggerMessage(950, LogLevel.Information, "The schema of the database was of version {Before}, and is of version {After}")]
    public static partial void SchemaApplied(ILogger logger, int before, int after);

    [LoggerMessage(951, LogLevel.Information, "Imported {File} of {At:O}: {Actors} actors; the deployment is in epoch {Epoch}")]
    public static partial void Imported(ILogger logger, string file, DateTimeOffset at, long actors, long epoch);

    [LoggerMessage(952, LogLevel.Warning, "{File} was taken of damaged data: {Actor}, {Row}: {Reason}")]
    public static partial void LeftOut(ILogger logger, string file, string actor, string row, string reason);
}
