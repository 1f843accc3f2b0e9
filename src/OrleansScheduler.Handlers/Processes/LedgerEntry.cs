using System.Globalization;
using OrleansScheduler.Documents;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers.Processes;

/// <summary>What is stored about a process before it may do anything.</summary>
/// <param name="Identity">Which process.</param>
/// <param name="Run">The run that it serves.</param>
/// <param name="Program">The full path of its program.</param>
internal sealed record LedgerEntry(ProcessIdentity Identity, string Run, string Program)
{
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Identity.Pid}-{Identity.Mark}{ProcessLedger.Ending}");

    public byte[] ToUtf8() => JsonObject.Of(
        ("pid", Identity.Pid),
        ("start_time", Identity.StartTime),
        ("boot_id", Identity.BootId),
        ("mark", Identity.Mark),
        ("run", Run),
        ("program", Program)).ToUtf8();

    /// <summary>The entry; null when the bytes are none.</summary>
    public static LedgerEntry? Parse(byte[] utf8)
    {
        try
        {
            return JsonValue.Parse(utf8, JsonLimits.Default) is JsonObject entry
                && entry["pid"] is JsonNumber pid && pid.TryGetInt64(out long number) && number is > 1 and <= int.MaxValue
                && entry["start_time"] is JsonNumber start && start.TryGetInt64(out long startTime)
                && entry["boot_id"] is JsonString boot && entry["mark"] is JsonString { Text.Length: 32 } mark
                && entry["run"] is JsonString run && entry["program"] is JsonString program
                ? new LedgerEntry(new ProcessIdentity((int)number, startTime, boot.Text, mark.Text), run.Text, program.Text)
                : null;
        }
        catch (SchedulerException)
        {
            return null;
        }
    }
}
