using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using OrleansScheduler.Errors;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Identity;

/// <summary>Names one run of a schedule. It follows from the occurrence, so that a repeat is not a second run.</summary>
/// <remarks>
/// Text form: <c>owner/schedule.incarnation.number</c>, where the incarnation is 8 hexadecimal digits and the number counts
/// the occurrences of that incarnation from 1. An unset id throws when it is used.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<RunId>))]
public readonly record struct RunId : IParsable<RunId>
{
    private readonly string? _text;

    private RunId(string text) => _text = text;

    /// <summary>The schedule whose run it is.</summary>
    public ScheduleId Schedule => ScheduleId.Parse(Split().Schedule);

    /// <summary>The life of the schedule that it belongs to.</summary>
    public string Incarnation => Split().Incarnation;

    /// <summary>The number of the occurrence.</summary>
    public long Number => Split().Number;

    /// <summary>The run of occurrence <paramref name="number"/>, which counts from 1.</summary>
    public static RunId Of(ScheduleId schedule, string incarnation, long number) =>
        Parse(string.Create(CultureInfo.InvariantCulture, $"{schedule}.{incarnation}.{number}"));

    /// <inheritdoc/>
    public static RunId Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out RunId id)
        ? id
        : throw new SchedulerException(ErrorCodes.IdInvalid, "A run id is owner/schedule, '.', 8 hexadecimal digits, '.' and a number.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RunId result)
    {
        result = s is null ? default : new RunId(s);
        return s is not null && TrySplit(s, out _);
    }

    /// <summary>The text form.</summary>
    public override string ToString() => _text ?? throw new InvalidOperationException("Unset RunId.");

    private (string Schedule, string Incarnation, long Number) Split()
    {
        _ = TrySplit(ToString(), out var parts);
        return parts;
    }

    private static bool TrySplit(string text, out (string Schedule, string Incarnation, long Number) parts)
    {
        parts = default;
        int last = text.LastIndexOf('.');
        int first = last > 0 ? text.LastIndexOf('.', last - 1) : -1;
        if (first <= 0 || last - first != 9 || !OwnedName.IsValid(text[..first])
            || text.AsSpan(first + 1, 8).IndexOfAnyExcept("0123456789abcdef") >= 0
            || !long.TryParse(text.AsSpan(last + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < 1)
        {
            return false;
        }

        parts = (text[..first], text[(first + 1)..last], number);
        return true;
    }
}
