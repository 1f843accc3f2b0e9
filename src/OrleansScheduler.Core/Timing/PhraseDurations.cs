namespace OrleansScheduler.Core.Timing;

/// <summary>Reads lengths of time: "5m", "90 seconds", "1 hour and 30 minutes".</summary>
internal static class PhraseDurations
{
    private const int NumberMax = 999_999_999;
    private const string Units = "a unit: seconds, minutes, hours, days or weeks";

    private static readonly TimeSpan Max = IntervalRule.PeriodMax;

    /// <summary>Whether "every" may stand before the unit without a number.</summary>
    public static bool IsSingleUnit(string word) => word is "second" or "minute" or "hour";

    /// <summary>Reads what follows "every".</summary>
    public static PhraseMeaning ReadInterval(PhraseReader reader)
    {
        int start = reader.Position;
        var period = reader.IsAtNumber ? Read(reader) : ReadUnit(reader);
        return period >= IntervalRule.PeriodMin ? new PhraseMeaning.Interval(period) : throw OutOfRange(start);
    }

    /// <summary>Reads a length above zero and up to 366 days.</summary>
    public static TimeSpan Read(PhraseReader reader)
    {
        int start = reader.Position;
        var sum = TimeSpan.Zero;
        do
        {
            long number = reader.TakeNumber(0, NumberMax, "a whole number of at most 9 digits");
            var unit = ReadUnit(reader);
            if (number > Max.Ticks / unit.Ticks)
            {
                throw OutOfRange(start);
            }

            sum += number * unit;
        }
        while (sum <= Max && (reader.TryTakeJoint() || reader.IsAtNumber));

        return sum > TimeSpan.Zero && sum <= Max ? sum : throw OutOfRange(start);
    }

    private static TimeSpan ReadUnit(PhraseReader reader)
    {
        string word = reader.Word;
        var unit = word switch
        {
            "ms" or "millisecond" or "milliseconds" => TimeSpan.FromMilliseconds(1),
            "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.FromSeconds(1),
            "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
            "h" or "hr" or "hrs" or "hour" or "hours" => TimeSpan.FromHours(1),
            "d" or "day" or "days" => TimeSpan.FromDays(1),
            "w" or "week" or "weeks" => TimeSpan.FromDays(7),
            _ => throw reader.Fail(Units),
        };
        reader.Skip(word);
        return unit;
    }

    private static Exception OutOfRange(int position) => TimingErrors.Phrase(position, "a length of time from 10 ms to 366 days");
}
