using System.Collections.Immutable;
using System.Globalization;

namespace OrleansScheduler.Core.Timing;

/// <summary>Says in English on which days a cron expression is due.</summary>
internal static class DayWords
{
    private const int StepsMin = 5;

    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <summary>Such as "on Monday to Friday"; empty for every day of something that is due often within the day.</summary>
    public static string Of(CronFields fields)
    {
        bool anyDayOfMonth = fields.AllowsEveryDayOfMonth;
        bool anyWeekday = fields.AllowsEveryWeekday;
        if (fields.IsEither ? anyDayOfMonth || anyWeekday : anyDayOfMonth && anyWeekday)
        {
            return TimeWords.IsList(fields) ? "every day" : "";
        }

        if (anyDayOfMonth || anyWeekday)
        {
            return "on " + (anyWeekday ? DaysOfMonth(fields.DaysOfMonth) : DaysOfWeek(fields.DaysOfWeek));
        }

        return $"on days that are {DaysOfMonth(fields.DaysOfMonth)} {(fields.IsEither ? "or" : "and also")} {DaysOfWeek(fields.DaysOfWeek)}";
    }

    /// <summary>The name of a month, 1 to 12.</summary>
    public static string Month(int month) => Names.GetMonthName(month);

    /// <summary>"1st", "2nd" and so on.</summary>
    public static string Ordinal(int number)
    {
        string ending = (number % 10, number / 10 % 10) switch
        {
            (1, not 1) => "st",
            (2, not 1) => "nd",
            (3, not 1) => "rd",
            _ => "th",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number}{ending}");
    }

    private static string DaysOfMonth(CronSet set)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        if (set.Values != 0)
        {
            int step = WordList.StepOf(set.Values, CronField.DayOfMonth, StepsMin);
            words.Add(step > 0
                ? $"every {Ordinal(step)} day of the month from the {Ordinal(int.CreateChecked(ulong.TrailingZeroCount(set.Values)))}"
                : $"the {WordList.Join(WordList.Runs(set.Values, CronField.DayOfMonth, Ordinal))} of the month");
        }

        for (int day = 0; day <= CronField.DayOfMonth.Max; day++)
        {
            AddIf(set.Last, day, FromEnd(day));
            AddIf(set.Nearest, day, $"the working day nearest to the {Ordinal(day)} of the month");
            AddIf(set.NearestLast, day, day == 0 ? "the last working day of the month" : $"the working day nearest to {FromEnd(day)}");
        }

        return WordList.Join(words, "or");

        void AddIf(uint bits, int bit, string word)
        {
            if (((bits >> bit) & 1) != 0)
            {
                words.Add(word);
            }
        }
    }

    private static string DaysOfWeek(CronSet set)
    {
        var words = WordList.Runs(set.Values, CronField.DayOfWeek, Weekday).ToBuilder();
        for (int weekday = 0; weekday <= CronField.DayOfWeek.Max; weekday++)
        {
            for (int week = 1; week <= 5; week++)
            {
                if (((set.Nth >> ((7 * (week - 1)) + weekday)) & 1) != 0)
                {
                    words.Add($"the {Ordinal(week)} {Weekday(weekday)} of the month");
                }
            }

            if (((set.Last >> weekday) & 1) != 0)
            {
                words.Add($"the last {Weekday(weekday)} of the month");
            }
        }

        return WordList.Join(words);
    }

    private static string FromEnd(int days) => days switch
    {
        0 => "the last day of the month",
        1 => "the day before the last day of the month",
        _ => $"the {Ordinal(days)} day before the last day of the month",
    };

    private static string Weekday(int weekday) => Names.GetDayName((DayOfWeek)weekday);
}
