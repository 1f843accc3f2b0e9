using System.Collections.Immutable;

namespace OrleansScheduler.Core.Timing;

/// <summary>Reads phrases that repeat by day or week.</summary>
internal static class PhraseDays
{
    private const string Periods =
        "a length such as 5m, 'second', 'minute', 'hour', 'day', 'week', 'month', 'year', 'weekday', 'weekend' or ";

    private const string Weekdays = "a weekday such as monday";

    /// <summary>Reads what follows "daily".</summary>
    public static PhraseMeaning ReadDaily(PhraseReader reader) => Due(reader, "*");

    /// <summary>Reads what follows "weekly": Sunday, unless it says otherwise.</summary>
    public static PhraseMeaning ReadWeekly(PhraseReader reader) => Due(reader, reader.TryTake("on") ? ReadList(reader) : "SUN");

    /// <summary>Reads what follows "every" when it names days of the week.</summary>
    public static PhraseMeaning ReadEvery(PhraseReader reader)
    {
        if (reader.TryTake("weekday", "workday"))
        {
            return Due(reader, "MON-FRI");
        }

        if (reader.TryTake("weekend"))
        {
            return Due(reader, "SAT,SUN");
        }

        return Weekday(reader.Word) is not null
            ? Due(reader, ReadList(reader))
            : throw reader.Fail(Periods + Weekdays);
    }

    /// <summary>Reads the name of a weekday, and gives that of the cron expression.</summary>
    public static string ReadName(PhraseReader reader)
    {
        string word = reader.Word;
        string name = Weekday(word) ?? throw reader.Fail(Weekdays);
        reader.Skip(word);
        return name;
    }

    private static PhraseMeaning.Cron Due(PhraseReader reader, string weekdays) => new($"{PhraseTimes.ReadFields(reader)} * * {weekdays}");

    private static string ReadList(PhraseReader reader)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        do
        {
            string from = ReadName(reader);
            items.Add(reader.TryTake("to", "through") || reader.TryTakeSign('-') ? $"{from}-{ReadName(reader)}" : from);
        }
        while (reader.TryTakeJoint());

        return string.Join(',', items);
    }

    private static string? Weekday(string word) => word switch
    {
        "monday" or "mondays" or "mon" => "MON",
        "tuesday" or "tuesdays" or "tue" or "tues" => "TUE",
        "wednesday" or "wednesdays" or "wed" => "WED",
        "thursday" or "thursdays" or "thu" or "thur" or "thurs" => "THU",
        "friday" or "fridays" or "fri" => "FRI",
        "saturday" or "saturdays" or "sat" => "SAT",
        "sunday" or "sundays" or "sun" => "SUN",
        _ => null,
    };
}
