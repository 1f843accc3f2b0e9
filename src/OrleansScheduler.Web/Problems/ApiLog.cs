using Microsoft.Extensions.Logging;

namespace OrleansScheduler.Web.Problems;

/// <summary>What the HTTP interface logs. Faults of callers are answers, not events.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed unforeseen ({TraceId})")]
    public static partial void Unforeseen(ILogger logger, Exception fault, string method, string path, string traceId);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} met damaged state ({TraceId})")]
    public static partial void Damaged(ILogger logger, Exception fault, string method, string path, string traceId);

    [LoggerMessage(4, LogLevel.Warning, "{Method} {Path} ended in the middle of its answer")]
    public static partial void Broken(ILogger logger, Exception fault, string method, string path);

    [LoggerMessage(3, LogLevel.Warning, "{Method} {Path} was answered with {Code}: {Message}")]
    public static partial void Refused(ILogger logger, string method, string path, string code, string message);
}
