using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Silo;

/// <summary>Log messages of the host.</summary>
internal static partial class SiloLog
{
    [LoggerMessage(950, LogLevel.Information, "The schema of the database was of version {Before}, and is of version {After}")]
    public static partial void SchemaApplied(ILogger logger, int before, int after);
}
