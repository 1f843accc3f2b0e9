using System.Collections.Immutable;
using System.Globalization;

namespace OrleansScheduler.Core.Timing;

/// <summary>Reads phrases that repeat by month or year.</summary>
internal static class PhraseMonths
{
    private const string Days = "a day such as '1st', 'last day', 'last working day' or 'second tuesday'";
    private const int NthMax = 5;

    private static readonly ImmutableArray<string> Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>Reads what follows "monthly": the 1st, unless it says otherwise.</summary>
    public static PhraseMeaning ReadMonthly(PhraseReader reader)
    {
        if (!reader.TryTake("on"))
        {
            return new PhraseMeaning.Cron($"{PhraseTimes.ReadFields(reader)} 1 * *");
        }

        string fields = ReadDays(reader);
        if (reader.TryTake("of"))
        {
            ReadOfMonth(reader);
        }

        return new PhraseMeaning.Cron($"{PhraseTimes.ReadFields(reader)} {fields}");
    }

    /// <summary>Reads what follows "on" at the start: days "of the month", which says that it repeats.</summary>
    public static PhraseMeaning ReadOn(PhraseReader reader)
    {
        string fields = ReadDays(reader);
        reader.Take("of");
        ReadOfMonth(reader);
        return new PhraseMeaning.Cron($"{PhraseTimes.ReadFields(reader)} {fields}");
    }

    /// <summary>Reads what follows "yearly": 1 January.</summary>
    public static PhraseMeaning ReadYearly(PhraseReader reader) => new PhraseMeaning.Cron($"{PhraseTimes.ReadFields(reader)} 1 1 *");

    private static void ReadOfMonth(PhraseReader reader)
    {
        if (!reader.TryTake("the", "every", "each"))
        {
            throw reader.Fail("'the month' or 'every month'");
        }

        reader.Take("month");
    }

    // The fields for day, month and weekday. One expression cannot mean a date or a weekday, so all days are of one kind.
    private static string ReadDays(PhraseReader reader)
    {
        reader.Take("the");
        var dates = ImmutableArray.CreateBuilder<string>();
        var weekdays = ImmutableArray.CreateBuilder<string>();
        do
        {
            int start = reader.Position;
            reader.TryTake("the");
            ReadOne(reader, dates, weekdays);
            if (dates.Count > 0 && weekdays.Count > 0)
            {
                throw TimingErrors.Phrase(start, "a day of the same kind as the first one, a date or a weekday");
            }
        }
        while (reader.TryTakeJoint());

        return dates.Count > 0 ? $"{string.Join(',', dates)} * *" : $"* * {string.Join(',', weekdays)}";
    }

    private static void ReadOne(PhraseReader reader, ImmutableArray<string>.Builder dates, ImmutableArray<string>.Builder weekdays)
    {
        if (reader.TryTake("last"))
        {
            ReadLast(reader, dates, weekdays);
            return;
        }

        int start = reader.Position;
        int number = ReadOrdinal(reader);
        if (reader.Word is "of" or "at" or "and" or "" || reader.TryTake("day"))
        {
            dates.Add(number.ToString(CultureInfo.InvariantCulture));
        }
        else if (number > NthMax)
        {
            throw TimingErrors.Phrase(start, "the first to the fifth of a weekday");
        }
        else
        {
            weekdays.Add(string.Create(CultureInfo.InvariantCulture, $"{PhraseDays.ReadName(reader)}#{number}"));
        }
    }

    private static void ReadLast(PhraseReader reader, ImmutableArray<string>.Builder dates, ImmutableArray<string>.Builder weekdays)
    {
        if (reader.TryTake("day"))
        {
            dates.Add("L");
        }
        else if (reader.TryTake("weekday", "workday"))
        {
            dates.Add("LW");
        }
        else if (reader.TryTake("working"))
        {
            reader.Take("day");
            dates.Add("LW");
        }
        else
        {
            weekdays.Add(PhraseDays.ReadName(reader) + "L");
        }
    }

    private static int ReadOrdinal(PhraseReader reader)
    {
        if (!reader.IsAtNumber)
        {
            string word = reader.Word;
            int index = Ordinals.IndexOf(word);
            if (index < 0)
            {
                throw reader.Fail(Days);
            }

            reader.Skip(word);
            return index + 1;
        }

        int number = reader.TakeNumber(1, 31, Days);
        reader.TryTake("st", "nd", "rd", "th");
        return number;
    }
}
