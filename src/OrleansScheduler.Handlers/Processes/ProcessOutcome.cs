using System.Collections.Immutable;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>How a process ended.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="ExitCode">What it ended with; 128 and the number of the signal when one ended it.</param>
/// <param name="Output">What was kept of its standard output.</param>
/// <param name="Errors">What was kept of its standard error.</param>
/// <param name="IsTruncated">True when something of either was left out.</param>
/// <param name="IsAborted">True when it was ended because the run was.</param>
/// <param name="BackgroundEnded">Processes that it left behind and that were ended.</param>
/// <param name="Left">Processes that could not be ended.</param>
internal sealed record ProcessOutcome(
    int Pid,
    int ExitCode,
    string Output,
    string Errors,
    bool IsTruncated,
    bool IsAborted,
    ImmutableArray<int> BackgroundEnded,
    ImmutableArray<int> Left)
{
    public JsonObject ToDocument() => JsonObject.Of(
        ("exit_code", ExitCode), ("stdout", Output), ("stderr", Errors), ("truncated", IsTruncated), ("pid", Pid));
}
