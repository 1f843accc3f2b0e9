using Microsoft.Extensions.Logging;
using OrleansScheduler.Handlers.Processes;

namespace OrleansScheduler.Hosting;

/// <summary>Log messages of the host.</summary>
internal static partial class HostLog
{
    [LoggerMessage(900, LogLevel.Warning, "An earlier process had left {Program} (process {Pid}, run {Run}): {Outcome}")]
    public static partial void Survivor(ILogger logger, SurvivorOutcome outcome, string program, int pid, string run);

    [LoggerMessage(901, LogLevel.Information, "Applied {File}: {Created} created, {Updated} updated, {Unchanged} unchanged, {Orphaned} no longer named")]
    public static partial void Applied(ILogger logger, string file, int created, int updated, int unchanged, int orphaned);

    [LoggerMessage(902, LogLevel.Information, "Imported {File} of {At:O}: {Actors} actors; the deployment is in epoch {Epoch}")]
    public static partial void Imported(ILogger logger, string file, DateTimeOffset at, long actors, long epoch);

    [LoggerMessage(903, LogLevel.Warning, "{File} was taken of damaged data: {Actor}, {Row}: {Reason}")]
    public static partial void LeftOut(ILogger logger, string file, string actor, string row, string reason);
}
