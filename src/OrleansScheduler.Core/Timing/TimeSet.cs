using System.Numerics;

namespace OrleansScheduler.Core.Timing;

/// <summary>The times of the day that a cron expression accepts.</summary>
internal readonly struct TimeSet
{
    private const int SecondsPerHour = 3600;
    private const int SecondsPerMinute = 60;

    private readonly ulong _seconds;
    private readonly ulong _minutes;
    private readonly uint _hours;
    private readonly int _firstSecond;
    private readonly int _firstOfHour;

    /// <param name="fields">Each of its time fields accepts some value.</param>
    public TimeSet(CronFields fields)
    {
        _seconds = fields.Seconds.Values;
        _minutes = fields.Minutes.Values;
        _hours = (uint)fields.Hours.Values;
        _firstSecond = BitOperations.TrailingZeroCount(_seconds);
        _firstOfHour = (BitOperations.TrailingZeroCount(_minutes) * SecondsPerMinute) + _firstSecond;
        First = (BitOperations.TrailingZeroCount(_hours) * SecondsPerHour) + _firstOfHour;
    }

    /// <summary>The first time, in seconds since the start of the day.</summary>
    public int First { get; }

    /// <summary>The first time at or after another one; -1 when the day has none left.</summary>
    /// <param name="second">0 to 86,399, in seconds since the start of the day.</param>
    public int NextFrom(int second)
    {
        int hour = (int)((uint)second / SecondsPerHour);
        if (((_hours >> hour) & 1) != 0)
        {
            int next = NextInHour(second, second - (hour * SecondsPerHour));
            if (next >= 0)
            {
                return next;
            }
        }

        uint hours = _hours >> (hour + 1);
        return hours == 0 ? -1 : ((hour + 1 + BitOperations.TrailingZeroCount(hours)) * SecondsPerHour) + _firstOfHour;
    }

    private int NextInHour(int second, int secondOfHour)
    {
        int minute = (int)((uint)secondOfHour / SecondsPerMinute);
        int secondOfMinute = secondOfHour - (minute * SecondsPerMinute);
        ulong minutes = _minutes >> minute;
        if ((minutes & 1) != 0)
        {
            ulong seconds = _seconds >> secondOfMinute;
            if (seconds != 0)
            {
                return second + BitOperations.TrailingZeroCount(seconds);
            }
        }

        minutes &= ~1UL;
        return minutes == 0
            ? -1
            : second - secondOfMinute + (BitOperations.TrailingZeroCount(minutes) * SecondsPerMinute) + _firstSecond;
    }
}
