using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Timing;

/// <summary>Parses the text of cron expressions.</summary>
internal static class CronParser
{
    private const int FieldsMin = 5;
    private const int FieldsMax = 6;

    private const string Shape =
        "5 fields (minute, hour, day of the month, month, weekday), or 6 with seconds first, or a macro such as @daily";

    private static readonly CronSet SecondZero = new() { Values = 1 };

    /// <param name="text">Its fields are parted by spaces or tabs, which may stand around it too.</param>
    /// <param name="dayMatch">How the day fields combine.</param>
    /// <param name="hashId">What <c>H</c> depends on; null refuses <c>H</c>.</param>
    /// <param name="days">The days that the expression accepts; null for every day.</param>
    /// <exception cref="Errors.SchedulerException"><c>cron_invalid</c>.</exception>
    public static CronFields Parse(string text, DayMatch dayMatch, string? hashId, out DayTable? days)
    {
        CheckCharacters(text);
        Span<Range> words = stackalloc Range[FieldsMax];
        int count = Split(text, words);
        if (count > 0 && text[words[0].Start] == '@')
        {
            return Parse(CronMacros.Expand(text, words[..count]), dayMatch, hashId, out days);
        }

        if (count < FieldsMin)
        {
            throw TimingErrors.Cron(text.Length, $"{Shape}; found {count}");
        }

        bool hasSeconds = count == FieldsMax;
        var rest = words[(hasSeconds ? 1 : 0)..count];
        var fields = new CronFields(
            hasSeconds ? Field(text, words[0], CronField.Second, hashId) : SecondZero,
            Field(text, rest[0], CronField.Minute, hashId),
            Field(text, rest[1], CronField.Hour, hashId),
            Field(text, rest[2], CronField.DayOfMonth, hashId),
            Field(text, rest[3], CronField.Month, hashId),
            Field(text, rest[4], CronField.DayOfWeek, hashId),
            dayMatch);
        days = DayTable.Of(fields);
        return days is null or { CanMatch: true }
            ? fields
            : throw TimingErrors.Cron(rest[2].Start.Value, "a day that exists in a chosen month; this expression would never be due");
    }

    private static CronSet Field(string text, Range word, CronField field, string? hashId) =>
        CronFieldParser.Parse(text.AsSpan(0, word.End.Value), word.Start.Value, field, hashId);

    private static void CheckCharacters(string text)
    {
        if (text.Length > CronExpression.CharsMax)
        {
            throw TimingErrors.Cron(CronExpression.CharsMax, $"at most {CronExpression.CharsMax} characters");
        }

        int foreign = text.AsSpan().IndexOfAnyExceptInRange('\0', '\x7f');
        if (foreign >= 0)
        {
            throw TimingErrors.Cron(foreign, "characters of ASCII");
        }
    }

    private static int Split(string text, Span<Range> words)
    {
        int count = 0;
        for (int start = 0; start < text.Length; start++)
        {
            if (text[start] is ' ' or '\t')
            {
                continue;
            }

            int length = text.AsSpan(start).IndexOfAny(' ', '\t');
            int end = length < 0 ? text.Length : start + length;
            if (count == words.Length)
            {
                throw TimingErrors.Cron(start, $"the end behind {FieldsMax} fields; there is no field for years");
            }

            words[count++] = start..end;
            start = end;
        }

        return count;
    }
}
