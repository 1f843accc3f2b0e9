using System.Collections.Immutable;
using System.Globalization;

namespace OrleansScheduler.Core.Timing;

/// <summary>Reads times of the day: "6", "18:30", "7pm", "noon".</summary>
internal static class PhraseTimes
{
    private const string Expected = "a time such as 6, 18:30 or 7pm";

    /// <summary>Reads "at" and the times behind it, if it comes next; without it, midnight.</summary>
    /// <returns>The fields for minute and hour of a cron expression.</returns>
    public static string ReadFields(PhraseReader reader)
    {
        if (!reader.TryTake("at"))
        {
            return "0 0";
        }

        var first = Read(reader);
        var hours = ImmutableArray.Create(first.Hour);
        int next = reader.Position;
        while (reader.TryTakeJoint())
        {
            next = reader.Position;
            var time = Read(reader);
            if (time.Minute != first.Minute)
            {
                throw TimingErrors.Phrase(next, "a time with the same minute as the first one");
            }

            hours = hours.Add(time.Hour);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{first.Minute} {string.Join(',', hours.Distinct().Order())}");
    }

    /// <summary>Reads one time.</summary>
    public static TimeOnly Read(PhraseReader reader)
    {
        if (reader.TryTake("midnight"))
        {
            return TimeOnly.MinValue;
        }

        if (reader.TryTake("noon"))
        {
            return new TimeOnly(12, 0);
        }

        int start = reader.Position;
        int hour = reader.TakeNumber(0, 23, Expected);
        int minute = reader.TryTakeSign(':') ? reader.TakeNumber(0, 59, "a minute from 00 to 59", digitsMin: 2) : 0;
        string half = reader.Word;
        if (half is not ("am" or "pm"))
        {
            return new TimeOnly(hour, minute);
        }

        reader.Skip(half);
        return hour is >= 1 and <= 12
            ? new TimeOnly((hour % 12) + (half == "pm" ? 12 : 0), minute)
            : throw TimingErrors.Phrase(start, $"an hour from 1 to 12 before '{half}'");
    }
}
