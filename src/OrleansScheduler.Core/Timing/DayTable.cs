using System.Numerics;

namespace OrleansScheduler.Core.Timing;

/// <summary>The days that a cron expression accepts.</summary>
/// <remarks>
/// Which days of a month fit depends on nothing but its length and the weekday of its first day, so all months there are
/// make 28 bit sets, and the next day is a shift and a count of zeros.
/// </remarks>
internal sealed class DayTable
{
    private const int LengthMin = 28;
    private const int LengthMax = 31;
    private const int Weekdays = 7;
    private const int Shapes = (LengthMax - LengthMin + 1) * Weekdays;

    private readonly uint[] _days;
    private readonly uint _months;

    private DayTable(uint[] days, uint months) => (_days, _months) = (days, months);

    /// <summary>The table of an expression; null when it accepts every day.</summary>
    public static DayTable? Of(CronFields fields)
    {
        if (fields.IsEveryDay)
        {
            return null;
        }

        uint[] days = new uint[Shapes];
        for (int first = 0; first < Weekdays; first++)
        {
            for (int length = LengthMin; length <= LengthMax; length++)
            {
                days[Shape(length, first)] = MonthShape.Match(fields, length, first);
            }
        }

        return new DayTable(days, (uint)fields.Months.Values);
    }

    /// <summary>Whether any day is ever accepted. Exact, since in 400 years every month starts on every weekday at each of its lengths.</summary>
    public bool CanMatch
    {
        get
        {
            for (int month = 1; month <= 12; month++)
            {
                if (((_months >> month) & 1) != 0 && (CanMatchAt(CivilDate.Length(2000, month)) || CanMatchAt(CivilDate.Length(2001, month))))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The first accepted day at or after another one; <see cref="int.MaxValue"/> when the calendar ends before.</summary>
    /// <param name="day">Days since 0001-01-01.</param>
    public int NextFrom(int day)
    {
        var date = CivilDate.Of(day);
        if (((_months >> date.Month) & 1) != 0)
        {
            int firstDay = day - date.Day + 1;
            uint days = _days[Shape(CivilDate.Length(date.Year, date.Month), CivilDate.Weekday(firstDay))] >> date.Day;
            if (days != 0)
            {
                return day + BitOperations.TrailingZeroCount(days);
            }
        }

        return NextInLaterMonth(date.Year, date.Month);
    }

    // Ends, because the parser refuses what never matches, and at the latest where the calendar does.
    private int NextInLaterMonth(int year, int month)
    {
        while (true)
        {
            uint months = _months >> (month + 1);
            if (months != 0)
            {
                month += 1 + BitOperations.TrailingZeroCount(months);
            }
            else
            {
                month = BitOperations.TrailingZeroCount(_months);
                year++;
                if (year > CalendarRange.LastLocalYear)
                {
                    return int.MaxValue;
                }
            }

            int firstDay = CivilDate.FirstDay(year, month);
            uint days = _days[Shape(CivilDate.Length(year, month), CivilDate.Weekday(firstDay))];
            if (days != 0)
            {
                return firstDay - 1 + BitOperations.TrailingZeroCount(days);
            }
        }
    }

    private static int Shape(int length, int firstWeekday) => ((length - LengthMin) * Weekdays) + firstWeekday;

    private bool CanMatchAt(int length) => _days.AsSpan(Shape(length, 0), Weekdays).ContainsAnyExcept(0u);
}
