using System.Numerics;

namespace OrleansScheduler.Core.Timing;

/// <summary>Resolves the day fields of a cron expression for months of one length that start on one weekday.</summary>
/// <remarks>Bit d stands for day d throughout.</remarks>
internal static class MonthShape
{
    private const int Sunday = 0;
    private const int Saturday = 6;
    private const int Weekdays = 7;

    /// <summary>The days of such a month that fit both day fields, or either of them.</summary>
    /// <param name="fields">The parsed expression.</param>
    /// <param name="length">28 to 31 days.</param>
    /// <param name="first">The weekday of the first day, 0 for Sunday.</param>
    public static uint Match(CronFields fields, int length, int first)
    {
        uint ofMonth = DaysOfMonth(fields.DaysOfMonth, length, first);
        uint ofWeek = DaysOfWeek(fields.DaysOfWeek, length, first);
        return fields.IsEither ? ofMonth | ofWeek : ofMonth & ofWeek;
    }

    private static uint DaysOfMonth(CronSet set, int length, int first)
    {
        ulong days = set.Values;
        for (uint rest = set.Last; rest != 0; rest &= rest - 1)
        {
            days |= Bit(length - BitOperations.TrailingZeroCount(rest));
        }

        for (uint rest = set.NearestLast; rest != 0; rest &= rest - 1)
        {
            days |= NearestWorkingDay(length - BitOperations.TrailingZeroCount(rest), length, first);
        }

        for (uint rest = set.Nearest; rest != 0; rest &= rest - 1)
        {
            days |= NearestWorkingDay(BitOperations.TrailingZeroCount(rest), length, first);
        }

        return (uint)days & All(length);
    }

    private static uint DaysOfWeek(CronSet set, int length, int first)
    {
        ulong days = 0;
        for (ulong rest = set.Values; rest != 0; rest &= rest - 1)
        {
            days |= All(BitOperations.TrailingZeroCount(rest), length, first);
        }

        for (uint rest = set.Last; rest != 0; rest &= rest - 1)
        {
            days |= Bit(BitOperations.Log2(All(BitOperations.TrailingZeroCount(rest), length, first)));
        }

        for (ulong rest = set.Nth; rest != 0; rest &= rest - 1)
        {
            int bit = BitOperations.TrailingZeroCount(rest);
            days |= Bit(FirstOne(bit % Weekdays, first) + bit - (bit % Weekdays));
        }

        return (uint)days & All(length);
    }

    // Stays within the month: a Saturday the 1st moves to Monday the 3rd, a Sunday at the end to Friday.
    // A day that the month does not have is near to nothing.
    private static ulong NearestWorkingDay(int day, int length, int first)
    {
        if (day < 1 || day > length)
        {
            return 0;
        }

        return ((first + day - 1) % Weekdays) switch
        {
            Saturday => Bit(day == 1 ? 3 : day - 1),
            Sunday => Bit(day == length ? day - 2 : day + 1),
            _ => Bit(day),
        };
    }

    // The day of the first such weekday, 1 to 7.
    private static int FirstOne(int weekday, int first) => 1 + ((weekday + Weekdays - first) % Weekdays);

    private static uint All(int weekday, int length, int first) => (0x10204081u << FirstOne(weekday, first)) & All(length);

    private static uint All(int length) => (uint)((1UL << (length + 1)) - 2);

    // None below 0, where an offset from the end leads out of a short month.
    private static ulong Bit(int day) => day < 0 ? 0 : 1UL << day;
}
