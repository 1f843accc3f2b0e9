using System.Globalization;
using System.Text.Json;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Values as people read them.</summary>
internal static class Words
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>An instant in UTC, to the second.</summary>
    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An instant in UTC, or nothing.</summary>
    public static string? Of(DateTimeOffset? instant) => instant is { } known ? Of(known) : null;

    /// <summary>An instant by the clocks of a zone, with its weekday and offset.</summary>
    public static string Local(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("ddd yyyy-MM-dd HH:mm:ss.FFF zzz", CultureInfo.InvariantCulture);

    /// <summary>A length; long ones to the second, short ones to the millisecond.</summary>
    public static string Of(TimeSpan length)
    {
        var unit = length >= TimeSpan.FromMinutes(1) ? Second : TimeSpan.FromMilliseconds(1);
        return Duration.Format(length < TimeSpan.Zero ? TimeSpan.Zero : new TimeSpan(length.Ticks - (length.Ticks % unit.Ticks)));
    }

    /// <summary>A constant as it is written in JSON.</summary>
    public static string Of<T>(T constant)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(constant.ToString());

    /// <summary>A number.</summary>
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A trigger in one line.</summary>
    public static string Of(Trigger trigger) => trigger switch
    {
        CronTrigger { DayMatch: DayMatch.Either } cron => $"cron {cron.Expression} ({cron.Zone}, either day)",
        CronTrigger cron => $"cron {cron.Expression} ({cron.Zone})",
        IntervalTrigger { Anchor: { } anchor } interval => $"interval {Duration.Format(interval.Period)} from {Of(anchor)}",
        IntervalTrigger interval => $"interval {Duration.Format(interval.Period)}",
        OnceTrigger once => $"once {Of(once.Instant)}",
        StartTrigger => "start",
        _ => trigger.GetType().Name,
    };

    /// <summary>The zone in which a trigger is best read.</summary>
    public static TimeZoneInfo ZoneOf(Trigger trigger) =>
        trigger is CronTrigger cron && TimeZoneInfo.TryFindSystemTimeZoneById(cron.Zone, out var zone) ? zone : TimeZoneInfo.Utc;
}
