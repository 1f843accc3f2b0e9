using System.Globalization;

namespace OrleansScheduler.Definitions.Crontabs;

/// <summary>Parses one time field as crontab(5) defines it, and writes it as a field of our own cron expressions.</summary>
/// <remarks>
/// Our expressions know more than crontabs do (<c>?</c>, <c>L</c>, <c>W</c>, <c>#</c>, <c>H</c>, <c>a/n</c>, ranges that wrap). A line
/// with one of these never ran under cron, so taking it would start what nobody has seen run.
/// </remarks>
internal ref struct CrontabFieldParser
{
    private const int NameLength = 3;

    private readonly ReadOnlySpan<char> _line;
    private readonly CrontabField _field;
    private readonly int _end;
    private int _position;
    private CrontabFault? _fault;

    private CrontabFieldParser(ReadOnlySpan<char> line, Range word, CrontabField field)
    {
        _line = line;
        _field = field;
        (_position, _end) = (word.Start.Value, word.End.Value);
    }

    private readonly char Next => _position < _end ? _line[_position] : '\0';

    /// <summary>Parses a word of a line.</summary>
    /// <param name="line">The whole line, so that positions are those of the line.</param>
    /// <param name="word">The field in it.</param>
    /// <param name="field">Which one it is.</param>
    /// <param name="normal">The field with plain numbers and names in capitals; null when there is a fault.</param>
    public static CrontabFault? Parse(ReadOnlySpan<char> line, Range word, CrontabField field, out string? normal)
    {
        var parser = new CrontabFieldParser(line, word, field);
        List<string> items = [];
        do
        {
            items.Add(parser.ReadItem());
        }
        while (parser._fault is null && parser.TryTake(','));

        if (parser._fault is null && parser._position < parser._end)
        {
            parser.Fail("',' or a blank behind the value");
        }

        normal = parser._fault is null ? string.Join(',', items) : null;
        return parser._fault;
    }

    private string ReadItem()
    {
        if (TryTake('*'))
        {
            return TryTake('/') ? ReadEvery() : "*";
        }

        string first = ReadValue(out int from);
        if (_fault is not null || !TryTake('-'))
        {
            return _fault is null && _field.IsWeekday && from == _field.Max ? "0" : first;
        }

        int start = _position;
        string last = ReadValue(out int to);
        if (_fault is null && to < from)
        {
            bool isSunday = _field.IsWeekday && to == 0;
            FailAt(start, $"The range {first}-{last} ends before it begins.", $"{_field.Expected}, not before {first}" + (isSunday ? "; write 7 for a Sunday at the end" : ""));
        }

        int? step = _fault is null && TryTake('/') ? ReadStep() : null;
        int most = Math.Min(to - from + 1, _field.IsWeekday ? _field.Max : int.MaxValue);
        return step is { } length ? Text($"{first}-{last}/{Math.Min(length, most)}") : $"{first}-{last}";
    }

    // A step beyond the field leaves its least value. A day field keeps its star, which decides how the two day fields combine.
    private string ReadEvery()
    {
        int step = ReadStep();
        bool isDay = _field.IsWeekday || _field.Max == 31;
        return isDay ? Text($"*/{Math.Min(step, _field.IsWeekday ? _field.Max : _field.Max - _field.Min + 1)}")
            : step > _field.Max - _field.Min ? Text($"{_field.Min}")
            : Text($"*/{step}");
    }

    private int ReadStep()
    {
        int start = _position;
        int step = ReadDigits();
        if (step < 1 && _fault is null)
        {
            FailAt(start, start == _position ? $"{Shown(start)} is no step." : "A step of 0 never comes.", "a number of 1 or more");
        }

        return Math.Max(1, step);
    }

    private string ReadValue(out int value)
    {
        int start = _position;
        value = 0;
        if (char.IsAsciiDigit(Next))
        {
            value = ReadDigits();
            if (value < _field.Min || value > _field.Max)
            {
                FailAt(start, $"{_line[start.._position]} is out of range.", _field.Expected);
            }

            return Text($"{value}");
        }

        while (char.IsAsciiLetter(Next))
        {
            _position++;
        }

        var letters = _line[start.._position];
        for (int i = 0; i < _field.Names.Length && letters.Length == NameLength; i += NameLength)
        {
            if (letters.Equals(_field.Names.AsSpan(i, NameLength), StringComparison.OrdinalIgnoreCase))
            {
                value = _field.Min + (i / NameLength);
                return _field.Names.Substring(i, NameLength);
            }
        }

        _position = start;
        Fail(_field.Expected);
        return "";
    }

    private int ReadDigits()
    {
        int start = _position;
        while (char.IsAsciiDigit(Next))
        {
            _position++;
        }

        return start == _position ? 0
            : int.TryParse(_line[start.._position], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : int.MaxValue;
    }

    private bool TryTake(char sign)
    {
        bool found = Next == sign;
        _position += found ? 1 : 0;
        return found;
    }

    private readonly string Shown(int start)
    {
        int end = start;
        while (end < _end && end - start < 20 && _line[end] is not (',' or ' ' or '\t'))
        {
            end++;
        }

        return end > start ? $"'{_line[start..end]}'" : start < _end ? $"'{_line[start]}'" : "the end of the field";
    }

    private void Fail(string expected) => FailAt(_position, ReasonAt(), expected);

    private void FailAt(int position, string reason, string expected) => _fault ??= new CrontabFault(position, Capital(reason), expected);

    // Says which dialect a sign belongs to when it is known, because the line did work somewhere.
    private readonly string ReasonAt() => char.ToUpperInvariant(Next) switch
    {
        '?' => "'?' is no crontab: it belongs to Quartz, and means '*' there.",
        'L' or 'W' or '#' when Word().IndexOfAnyExcept("0123456789LlWw#-") < 0 => $"{Shown(_position)} is no crontab: L, W and # belong to Quartz.",
        'H' when Word() is ['H' or 'h'] or ['H' or 'h', '(' or '/', ..] => "'H' is no crontab: it belongs to Jenkins.",
        '~' => "'~' is a random value of cronie and OpenBSD, which no other cron knows.",
        '/' => "A step stands behind '*' or a range.",
        '-' when _position > 0 && _line[.._position].Trim(" \t").IsEmpty => "A '-' before the minute only keeps cronie from logging; leave it out.",
        '@' => "A macro stands alone, in place of all five time fields.",
        _ when char.IsAsciiLetter(Next) && _field.Names.Length == 0 => $"{Shown(_position)} stands in the field of the {_field.Name}, which has no names.",
        _ => $"{Shown(_position)} is not understood in the field of the {_field.Name}.",
    };

    private readonly ReadOnlySpan<char> Word()
    {
        var rest = _line[_position.._end];
        int comma = rest.IndexOf(',');
        return comma < 0 ? rest : rest[..comma];
    }

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
