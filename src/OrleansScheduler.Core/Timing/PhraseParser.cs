using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Timing;

/// <summary>Reads simple English phrases for times, such as "every 5m", "daily at 6" or "tomorrow at 8".</summary>
/// <remarks>
/// <para>Intervals: <c>every 5m</c>, <c>every 1 hour and 30 minutes</c>, <c>every hour</c>.</para>
/// <para>
/// By the calendar: <c>hourly</c>; <c>daily</c>, <c>weekly</c>, <c>monthly</c> and <c>yearly</c>, or <c>every day</c> and so on;
/// <c>every weekday</c>, <c>every weekend</c>, <c>every monday and thursday</c>, <c>every monday to friday</c>; <c>weekly on sunday</c>;
/// <c>monthly on the 1st and 15th</c>, <c>on the last day of the month</c>, <c>on the second tuesday of every month</c>. All but
/// <c>hourly</c> may end with <c>at</c> and times; without, it is midnight.
/// </para>
/// <para>Once: <c>in 20 minutes</c>, <c>at 2026-12-24T18:00</c>, <c>today at noon</c>, <c>tomorrow at 8</c>.</para>
/// <para>Times: <c>6</c>, <c>18:30</c>, <c>7pm</c>, <c>7:30 am</c>, <c>noon</c>, <c>midnight</c>; several ones share their minute.</para>
/// </remarks>
public static class PhraseParser
{
    /// <summary>The longest phrase.</summary>
    public const int CharsMax = 200;

    private const string Starts =
        "'every', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'on the', 'in', 'at', 'today' or 'tomorrow'";

    /// <summary>What a phrase means.</summary>
    /// <param name="text">At most <see cref="CharsMax"/> characters of ASCII; letters of either case.</param>
    /// <param name="now">What "in 20 minutes" and "tomorrow" count from.</param>
    /// <param name="zone">Whose local time is meant. A skipped local time means the end of the gap, a repeated one the first.</param>
    /// <exception cref="SchedulerException"><c>phrase_invalid</c> with <c>position</c> (index of a character) and <c>expected</c>.</exception>
    public static PhraseMeaning Parse(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(zone);
        var reader = new PhraseReader(text);
        var meaning = Read(reader, now, zone);
        reader.TakeEnd();
        return meaning;
    }

    private static PhraseMeaning Read(PhraseReader reader, DateTimeOffset now, TimeZoneInfo zone)
    {
        string first = reader.Word;
        if (first is not ("every" or "hourly" or "daily" or "weekly" or "monthly" or "yearly" or "on" or "in" or "at" or "today" or "tomorrow"))
        {
            throw reader.Fail(Starts);
        }

        reader.Skip(first);
        return first switch
        {
            "every" => ReadEvery(reader),
            "hourly" => new PhraseMeaning.Cron("0 * * * *"),
            "daily" => PhraseDays.ReadDaily(reader),
            "weekly" => PhraseDays.ReadWeekly(reader),
            "monthly" => PhraseMonths.ReadMonthly(reader),
            "yearly" => PhraseMonths.ReadYearly(reader),
            "on" => PhraseMonths.ReadOn(reader),
            "in" => PhraseInstants.ReadIn(reader, now),
            "at" => PhraseInstants.ReadAt(reader, now, zone),
            _ => PhraseInstants.ReadDay(reader, now, zone, daysLater: first == "tomorrow" ? 1 : 0),
        };
    }

    private static PhraseMeaning ReadEvery(PhraseReader reader)
    {
        if (reader.IsAtNumber || PhraseDurations.IsSingleUnit(reader.Word))
        {
            return PhraseDurations.ReadInterval(reader);
        }

        string word = reader.Word;
        if (word is not ("day" or "week" or "month" or "year"))
        {
            return PhraseDays.ReadEvery(reader);
        }

        reader.Skip(word);
        return word switch
        {
            "day" => PhraseDays.ReadDaily(reader),
            "week" => PhraseDays.ReadWeekly(reader),
            "month" => PhraseMonths.ReadMonthly(reader),
            _ => PhraseMonths.ReadYearly(reader),
        };
    }
}
