using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace OrleansScheduler.Core.Timing;

/// <summary>Says in English at which times of the day a cron expression is due.</summary>
internal static class TimeWords
{
    private const int ListMax = 6;
    private const int PaceMin = 3;
    private const int RunMin = 4;
    private const ulong Zero = 1;

    /// <summary>Such as "at 06:30 and 18:30", "every 5 minutes, from 09:00 to 17:59" or "every hour".</summary>
    public static string Of(CronFields fields)
    {
        if (IsList(fields))
        {
            return "at " + WordList.Join(Times(fields));
        }

        if (fields is { Seconds.Values: Zero, Minutes.Values: Zero })
        {
            return FullHours(fields.Hours.Values);
        }

        var parts = ImmutableArray.CreateBuilder<string>();
        bool isPaced = AddMinutesAndSeconds(fields, parts);
        if (fields.Hours.Values != CronField.Hour.All)
        {
            parts.Add(Span(fields.Hours.Values, "59") is { } span ? "from " + span : "in " + Numbered(fields.Hours.Values, CronField.Hour));
        }
        else if (!isPaced)
        {
            parts[^1] += " of every hour";
        }

        return string.Join(", ", parts);
    }

    /// <summary>Whether the times are so few that they are simply named; a run of hours reads better as a run.</summary>
    public static bool IsList(CronFields fields) =>
        Count(fields.Hours) * Count(fields.Minutes) * Count(fields.Seconds) <= ListMax
        && (Count(fields.Hours) < RunMin || Span(fields.Hours.Values, "") is null);

    // Whether the parts speak of every minute or every few minutes already, so that "of every hour" would be too much.
    private static bool AddMinutesAndSeconds(CronFields fields, ImmutableArray<string>.Builder parts)
    {
        ulong minutes = fields.Minutes.Values;
        if (fields.Seconds.Values == Zero)
        {
            string? pace = Pace(minutes, CronField.Minute, "hour");
            parts.Add(pace ?? "at " + Numbered(minutes, CronField.Minute));
            return pace is not null;
        }

        string? paceOfSeconds = Pace(fields.Seconds.Values, CronField.Second, "minute");
        bool everyMinute = minutes == CronField.Minute.All;
        parts.Add(paceOfSeconds ?? "at " + Numbered(fields.Seconds.Values, CronField.Second) + (everyMinute ? " of every minute" : ""));
        if (!everyMinute)
        {
            parts.Add("in " + Numbered(minutes, CronField.Minute));
        }

        return everyMinute;
    }

    private static string FullHours(ulong hours)
    {
        if (Pace(hours, CronField.Hour, "day") is { } pace)
        {
            return pace;
        }

        return Span(hours, "00") is { } span ? "every hour from " + span : "at minute 0, in " + Numbered(hours, CronField.Hour);
    }

    // "every 5 minutes"; null when the values are not evenly spaced.
    private static string? Pace(ulong values, CronField field, string container)
    {
        if (values == field.All)
        {
            return $"every {field.Name}";
        }

        int step = WordList.StepOf(values, field, PaceMin);
        if (step == 0)
        {
            return null;
        }

        int first = BitOperations.TrailingZeroCount(values);
        bool isSteady = field.Size % step == 0 && first < step;
        string from = first > 0 || !isSteady ? string.Create(CultureInfo.InvariantCulture, $" from {field.Name} {first}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"every {step} {field.Name}s{from}{(isSteady ? "" : $" of each {container}")}");
    }

    // "minute 5", "minutes 1 to 5 and 9" or "every 5th minute from minute 3".
    private static string Numbered(ulong values, CronField field)
    {
        int step = WordList.StepOf(values, field, ListMax + 1);
        if (step > 0)
        {
            int first = BitOperations.TrailingZeroCount(values);
            return string.Create(CultureInfo.InvariantCulture, $"every {DayWords.Ordinal(step)} {field.Name} from {field.Name} {first}");
        }

        var words = WordList.Runs(values, field, value => value.ToString(CultureInfo.InvariantCulture));
        return $"{field.Name}{(BitOperations.PopCount(values) > 1 ? "s" : "")} {WordList.Join(words)}";
    }

    // "09:00 to 17:59"; null when the hours are not one run, which may go past midnight.
    private static string? Span(ulong hours, string lastMinute)
    {
        var runs = WordList.Runs(hours, CronField.Hour, hour => hour.ToString("00", CultureInfo.InvariantCulture));
        string[] ends = runs.Length == 1 ? runs[0].Split(" to ") : [];
        return ends.Length switch
        {
            1 => $"{ends[0]}:00 to {ends[0]}:{lastMinute}",
            2 => $"{ends[0]}:00 to {ends[1]}:{lastMinute}",
            _ => null,
        };
    }

    private static ImmutableArray<string> Times(CronFields fields)
    {
        string format = fields.Seconds.Values == Zero ? "HH:mm" : "HH:mm:ss";
        return
        [
            .. from hour in Values(fields.Hours, CronField.Hour)
               from minute in Values(fields.Minutes, CronField.Minute)
               from second in Values(fields.Seconds, CronField.Second)
               select new TimeOnly(hour, minute, second).ToString(format, CultureInfo.InvariantCulture),
        ];
    }

    private static IEnumerable<int> Values(CronSet set, CronField field) =>
        Enumerable.Range(field.Min, field.Size).Where(value => ((set.Values >> value) & 1) != 0);

    private static int Count(CronSet set) => BitOperations.PopCount(set.Values);
}
