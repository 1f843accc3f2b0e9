using System.Collections.Immutable;
using System.Numerics;

namespace OrleansScheduler.Core.Timing;

/// <summary>Joins values to lists in English.</summary>
internal static class WordList
{
    private const int RunMin = 3;

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string Join(IReadOnlyList<string> words, string conjunction = "and") => words.Count switch
    {
        0 => "",
        1 => words[0],
        _ => $"{string.Join(", ", words.SkipLast(1))} {conjunction} {words[^1]}",
    };

    /// <summary>The values of a set in words, with "to" for three or more that follow each other: "1 to 5 and 9".</summary>
    /// <param name="values">Bit v for the value v.</param>
    /// <param name="field">Gives the range, within which a run may wrap.</param>
    /// <param name="name">The word for one value.</param>
    public static ImmutableArray<string> Runs(ulong values, CronField field, Func<int, string> name)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        int start = StartOfRuns(values, field);
        for (int i = 0; i < field.Size;)
        {
            int length = 0;
            while (i + length < field.Size && Has(values, field, start + i + length))
            {
                length++;
            }

            if (length >= RunMin)
            {
                words.Add($"{Name(i)} to {Name(i + length - 1)}");
            }
            else
            {
                words.AddRange(Enumerable.Range(i, length).Select(Name));
            }

            i += Math.Max(1, length);
        }

        return words.ToImmutable();

        string Name(int index) => name(field.Min + ((start + index) % field.Size));
    }

    /// <summary>The step between the values when they are evenly spaced from the first one to the end of the field; otherwise 0.</summary>
    /// <param name="values">Bit v for the value v.</param>
    /// <param name="field">Gives the end.</param>
    /// <param name="countMin">At least 2; fewer values than this read better as a list.</param>
    public static int StepOf(ulong values, CronField field, int countMin)
    {
        int count = BitOperations.PopCount(values);
        if (count < countMin)
        {
            return 0;
        }

        int first = BitOperations.TrailingZeroCount(values);
        int step = BitOperations.TrailingZeroCount(values & ~(1UL << first)) - first;
        ulong even = 0;
        for (int value = first; value <= field.Max; value += step)
        {
            even |= 1UL << value;
        }

        return step > 1 && even == values ? step : 0;
    }

    // A range that wraps starts behind a hole; whatever else holds both ends of the field reads better from its least value.
    private static int StartOfRuns(ulong values, CronField field)
    {
        int start = field.Size;
        while (start > 0 && Has(values, field, start - 1))
        {
            start--;
        }

        int length = field.Size - start + BitOperations.TrailingZeroCount(~(values >> field.Min));
        bool wraps = start < field.Size && Has(values, field, 0) && (length >= RunMin || field == CronField.DayOfWeek);
        return wraps ? start : 0;
    }

    private static bool Has(ulong values, CronField field, int index) => ((values >> (field.Min + (index % field.Size))) & 1) != 0;
}
