using System.Globalization;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Timing;

/// <summary>Says when a schedule is due.</summary>
internal static class TimetableWords
{
    /// <summary>The rule in words with everything that bounds it, without a full stop.</summary>
    public static string Of(ScheduleDefinition definition, string rule, TimeZoneInfo zone)
    {
        List<string> parts = [definition.Trigger is CronTrigger ? $"{rule} ({zone.Id})" : rule];
        if (definition.StartAt is { } start)
        {
            parts.Add($"from {Text(start)}");
        }

        if (definition.EndAt is { } end)
        {
            parts.Add($"before {Text(end)}");
        }

        if (definition.ExcludedDates is { IsDefaultOrEmpty: false } dates)
        {
            parts.Add(dates.Length == 1
                ? string.Create(CultureInfo.InvariantCulture, $"except on {dates[0]:yyyy-MM-dd}")
                : string.Create(CultureInfo.InvariantCulture, $"except on {dates.Length} dates"));
        }

        if (definition.MaxFirings is { } firings)
        {
            parts.Add(firings == 1 ? "one time" : string.Create(CultureInfo.InvariantCulture, $"at most {firings} times"));
        }

        if (definition.Jitter is { } jitter)
        {
            parts.Add($"later by up to {Duration.Format(jitter)}");
        }

        return string.Join(", ", parts);
    }

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
