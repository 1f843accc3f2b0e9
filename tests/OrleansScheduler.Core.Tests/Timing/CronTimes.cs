using System.Globalization;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Tests.Timing;

/// <summary>Writes occurrences as texts that can be compared at a glance.</summary>
internal static class CronTimes
{
    /// <summary>The collection of tests that count what the cache of zones allocates, or overfill it.</summary>
    public const string ZoneCache = "zone cache";

    /// <summary>The next occurrences in a zone, or in UTC, as <c>2026-03-29 01:00</c> with seconds when there are any.</summary>
    public static string[] Next(string cron, string after, int count, string? zone = null, DayMatch dayMatch = DayMatch.Both)
    {
        var expression = CronExpression.Parse(cron, dayMatch);
        var rules = zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone);
        DateTimeOffset? at = Instant(after);
        var found = new List<string>();
        while (found.Count < count && at is { } last)
        {
            at = rules is null ? expression.NextAfter(last) : expression.NextAfter(last, rules);
            string format = at is { Second: 0 } ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss";
            found.Add(at?.ToString(format, CultureInfo.InvariantCulture) ?? "none");
        }

        return [.. found];
    }

    /// <summary>An instant in UTC.</summary>
    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
