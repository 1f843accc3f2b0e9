namespace OrleansScheduler.Core.Timing;

/// <summary>The names of common cron expressions.</summary>
internal static class CronMacros
{
    private const string Known = "@yearly, @annually, @monthly, @weekly, @daily, @midnight or @hourly";

    /// <summary>The five fields that a macro stands for.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="words">Its words; the first is the macro, and there must be no other.</param>
    /// <exception cref="Errors.SchedulerException"><c>cron_invalid</c>.</exception>
    public static string Expand(string text, ReadOnlySpan<Range> words)
    {
        int start = words[0].Start.Value;
        string fields = text[words[0]].ToLowerInvariant() switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            "@reboot" => throw TimingErrors.Cron(start, $"{Known}; for '@reboot' use a start trigger, it is not a cron expression"),
            _ => throw TimingErrors.Cron(start, Known),
        };
        return words.Length == 1 ? fields : throw TimingErrors.Cron(words[1].Start.Value, "the end behind a macro");
    }
}
