using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Core.History;

/// <summary>Log messages of histories.</summary>
internal static partial class HistoryLog
{
    [LoggerMessage(500, LogLevel.Information, "The runs of {History} were kept for long enough and are removed")]
    public static partial void HistoryCleared(ILogger logger, string history);
}
