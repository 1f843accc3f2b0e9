using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Timing;

/// <summary>Reads the signs, numbers and names of one field of a cron expression. Letters may be of either case.</summary>
internal ref struct CronCursor
{
    private const int NameLength = 3;

    private readonly ReadOnlySpan<char> _text;
    private readonly CronField _field;
    private int _position;

    /// <param name="text">The expression from its beginning to the end of the field, so that positions are those of the expression.</param>
    /// <param name="start">Where the field starts.</param>
    /// <param name="field">Which one it is.</param>
    public CronCursor(ReadOnlySpan<char> text, int start, CronField field)
    {
        _text = text;
        _position = start;
        _field = field;
    }

    /// <summary>The next character in upper case; a null character at the end of the field.</summary>
    public readonly char Next => _position < _text.Length ? char.ToUpperInvariant(_text[_position]) : '\0';

    /// <summary>Passes a sign if it comes next.</summary>
    public bool TryTake(char sign)
    {
        bool found = Next == sign;
        _position += found ? 1 : 0;
        return found;
    }

    /// <summary>Passes a sign that must come next.</summary>
    public void Take(char sign, string expected)
    {
        if (!TryTake(sign))
        {
            throw Fail(expected);
        }
    }

    /// <summary>Checks that nothing is left.</summary>
    public readonly void TakeEnd()
    {
        if (_position < _text.Length)
        {
            throw Unexpected("',' or the end of the field");
        }
    }

    /// <summary>Reads a number or name that the field accepts, as it stands.</summary>
    public int ReadValue()
    {
        if (!char.IsAsciiLetter(Next) || _field.Names.Length == 0)
        {
            return ReadNumber(_field.Min, _field.Alias ?? _field.Max, null);
        }

        for (int i = 0; i < _field.Names.Length; i += NameLength)
        {
            if (_text[_position..].StartsWith(_field.Names.AsSpan(i, NameLength), StringComparison.OrdinalIgnoreCase))
            {
                _position += NameLength;
                return _field.Min + (i / NameLength);
            }
        }

        throw Unexpected(_field.Expected);
    }

    /// <summary>Reads a number.</summary>
    /// <param name="min">The least one accepted.</param>
    /// <param name="max">The greatest one accepted.</param>
    /// <param name="what">What it is, put into a sentence only for a failure; null for a value of the field.</param>
    public int ReadNumber(int min, int max, string? what)
    {
        int end = _position;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        var digits = _text[_position..end];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < min || number > max)
        {
            string expected = what is null ? _field.Expected : $"{what} from {min} to {max}";
            throw digits.IsEmpty ? Unexpected(expected) : Fail(expected);
        }

        _position = end;
        return number;
    }

    /// <summary>The failure for what comes next.</summary>
    public readonly SchedulerException Fail(string expected) => TimingErrors.Cron(_position, expected);

    // Says where a sign belongs that is known but stands in the wrong place.
    private readonly SchedulerException Unexpected(string expected)
    {
        string? rule = Next switch
        {
            'L' => "'L' stands alone or as 'L-n' for the last days of a month, or behind a weekday",
            'W' => "'W' stands behind a day of the month or behind 'L'",
            '#' => "'#' stands between a weekday and its number in the month",
            '?' => "'?' stands alone in a day field",
            '-' or '/' => "a range is 'a-b', a step is '*/n', 'a/n' or 'a-b/n'",
            _ => null,
        };
        return Fail(rule is null ? expected : $"{expected}; {rule}");
    }
}
