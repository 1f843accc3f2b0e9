using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Timing;

/// <summary>A parsed cron expression, field by field.</summary>
internal sealed record CronFields(
    CronSet Seconds, CronSet Minutes, CronSet Hours, CronSet DaysOfMonth, CronSet Months, CronSet DaysOfWeek, DayMatch DayMatch)
{
    /// <summary>Whether it repeats within the day; if not, its hours and minutes are fixed, and every wall-clock time counts once.</summary>
    public bool Repeats => Hours.Repeats || Minutes.Repeats;

    /// <summary>Whether a day may fit either day field instead of both.</summary>
    public bool IsEither => DayMatch == DayMatch.Either && !DaysOfMonth.IsStar && !DaysOfWeek.IsStar;

    /// <summary>Whether every day of the calendar is accepted.</summary>
    public bool IsEveryDay => AllowsEveryDayOfMonth && AllowsEveryWeekday && Months.Values == CronField.Month.All;

    public bool AllowsEveryDayOfMonth => DaysOfMonth.Values == CronField.DayOfMonth.All;

    public bool AllowsEveryWeekday => DaysOfWeek.Values == CronField.DayOfWeek.All;
}
