using System.Globalization;
using System.Text;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Serialization;

/// <summary>Lengths of time as people write them: <c>200ms</c>, <c>90s</c>, <c>1h30m</c>, <c>7d</c>.</summary>
/// <remarks>Whole numbers with the units d, h, m, s, ms and us, each at most once and in that order; at most 36,500 days.</remarks>
public static class Duration
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
    ];

    private static readonly long TicksMax = TimeSpan.FromDays(36_500).Ticks;

    /// <summary>Reads a length.</summary>
    /// <exception cref="SchedulerException">With <c>request_invalid</c> and the <c>position</c> at which it stops making sense.</exception>
    public static TimeSpan Parse(string text)
    {
        long ticks = 0;
        int position = 0;
        int unitsFrom = 0;
        while (position < text.Length)
        {
            int digits = position;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                digits++;
            }

            int letters = digits;
            while (letters < text.Length && char.IsAsciiLetterLower(text[letters]))
            {
                letters++;
            }

            int unit = Array.FindIndex(Units, unitsFrom, u => text.AsSpan(digits, letters - digits).SequenceEqual(u.Unit));
            if (unit < 0 || !long.TryParse(text.AsSpan(position, digits - position), NumberStyles.None, CultureInfo.InvariantCulture, out long amount)
                || amount > (TicksMax - ticks) / Units[unit].Ticks)
            {
                throw Invalid(text, position);
            }

            ticks += amount * Units[unit].Ticks;
            unitsFrom = unit + 1;
            position = letters;
        }

        return text.Length > 0 ? new TimeSpan(ticks) : throw Invalid(text, 0);
    }

    /// <summary>Writes a length of zero or more; what is below a microsecond is dropped.</summary>
    public static string Format(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.Zero);
        long rest = length.Ticks;
        var text = new StringBuilder();
        foreach ((string unit, long ticks) in Units)
        {
            if (rest >= ticks)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / ticks}{unit}");
                rest %= ticks;
            }
        }

        return text.Length > 0 ? text.ToString() : "0s";
    }

    private static SchedulerException Invalid(string text, int position) =>
        new SchedulerException(
            ErrorCodes.RequestInvalid,
            $"'{(text.Length > 40 ? text[..40] + "…" : text)}' is no length of time. Expected something like 200ms, 90s or 1h30m.")
        .With("position", position.ToString(CultureInfo.InvariantCulture));
}
