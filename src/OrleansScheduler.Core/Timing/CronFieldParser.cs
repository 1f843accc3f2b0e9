namespace OrleansScheduler.Core.Timing;

/// <summary>Parses one field of a cron expression.</summary>
internal ref struct CronFieldParser
{
    private const int WeeksMax = 5;
    private const int DaysBeforeLastMax = 30;

    private readonly CronField _field;
    private readonly string? _hashId;
    private readonly int _length;
    private CronCursor _cursor;
    private ulong _values;
    private ulong _nth;
    private uint _last;
    private uint _nearest;
    private uint _nearestLast;
    private bool _repeats;

    private CronFieldParser(ReadOnlySpan<char> text, int start, CronField field, string? hashId)
    {
        _cursor = new CronCursor(text, start, field);
        _length = text.Length - start;
        _field = field;
        _hashId = hashId;
    }

    /// <param name="text">The expression from its beginning to the end of the field, so that positions are those of the expression.</param>
    /// <param name="start">Where the field starts.</param>
    /// <param name="field">Which one it is.</param>
    /// <param name="hashId">What <c>H</c> depends on; null when there is no id, and <c>H</c> is refused.</param>
    /// <exception cref="Errors.SchedulerException"><c>cron_invalid</c>.</exception>
    public static CronSet Parse(ReadOnlySpan<char> text, int start, CronField field, string? hashId)
    {
        var parser = new CronFieldParser(text, start, field, hashId);
        do
        {
            parser.ParseItem();
        }
        while (parser._cursor.TryTake(','));

        parser._cursor.TakeEnd();
        return new CronSet
        {
            Values = parser._values, Nth = parser._nth, Last = parser._last, Nearest = parser._nearest, NearestLast = parser._nearestLast,
            IsStar = text[start] is '*' or '?', Repeats = parser._repeats,
        };
    }

    private void ParseItem()
    {
        char next = _cursor.Next;
        if (_cursor.TryTake('*'))
        {
            _repeats = true;
            AddRange(_field.Min, _field.Size, _cursor.TryTake('/') ? ReadStep(_field.Size) : 1);
        }
        else if (next == '?' && _field.IsDay)
        {
            ParseAny();
        }
        else if (next == 'H')
        {
            ParseHash();
        }
        else if (next == 'L' && _field == CronField.DayOfMonth)
        {
            ParseLastDay();
        }
        else
        {
            ParseValues();
        }
    }

    private void ParseAny()
    {
        if (_length != 1)
        {
            throw _cursor.Fail("'?' to stand alone in its field");
        }

        _cursor.TryTake('?');
        _values = _field.All;
    }

    private void ParseLastDay()
    {
        _cursor.TryTake('L');
        int offset = _cursor.TryTake('-') ? _cursor.ReadNumber(1, DaysBeforeLastMax, "a number of days before the last one") : 0;
        if (_cursor.TryTake('W'))
        {
            _nearestLast |= 1u << offset;
        }
        else
        {
            _last |= 1u << offset;
        }
    }

    private void ParseValues()
    {
        int first = _cursor.ReadValue();
        int from = Plain(first);
        if (_cursor.TryTake('-'))
        {
            _repeats = true;
            int count = CountOf(first, _cursor.ReadValue());
            AddRange(from, count, _cursor.TryTake('/') ? ReadStep(_field.Size) : 1);
        }
        else if (_cursor.TryTake('/'))
        {
            _repeats = true;
            AddRange(from, _field.Max - from + 1, ReadStep(_field.Size));
        }
        else if (_field == CronField.DayOfMonth && _cursor.TryTake('W'))
        {
            _nearest |= 1u << from;
        }
        else if (_field == CronField.DayOfWeek && _cursor.TryTake('L'))
        {
            _last |= 1u << from;
        }
        else if (_field == CronField.DayOfWeek && _cursor.TryTake('#'))
        {
            _nth |= 1UL << ((7 * (_cursor.ReadNumber(1, WeeksMax, "a week of the month") - 1)) + from);
        }
        else
        {
            _values |= 1UL << from;
        }
    }

    // Jenkins: H is one value of the range, H/n every n-th one from a start that differs between ids.
    private void ParseHash()
    {
        if (_hashId is null)
        {
            throw _cursor.Fail($"{_field.Expected}; 'H' needs the id of a schedule");
        }

        _cursor.TryTake('H');
        int from = _field.Min;
        int count = _field.HashMax - _field.Min + 1;
        if (_cursor.TryTake('('))
        {
            int first = _cursor.ReadValue();
            _cursor.Take('-', "'-' between the two ends of the range");
            count = CountOf(first, _cursor.ReadValue());
            from = Plain(first);
            _cursor.Take(')', "')' behind the range");
        }

        ulong hash = StableHash.Of(_hashId, Array.IndexOf(CronField.InOrder, _field));
        if (_cursor.TryTake('/'))
        {
            _repeats = true;
            int step = ReadStep(count);
            int skipped = (int)(hash % (uint)step);
            AddRange(from + skipped, count - skipped, step);
        }
        else
        {
            AddRange(from + (int)(hash % (uint)count), 1, 1);
        }
    }

    private int ReadStep(int max) => _cursor.ReadNumber(1, max, "a step");

    // A range from 22 to 2 goes on at the least value behind the greatest one.
    private readonly int CountOf(int from, int to)
    {
        to = from == _field.Alias ? Plain(to) : to;
        from = Plain(from);
        return to >= from ? to - from + 1 : _field.Size - (from - to) + 1;
    }

    private readonly int Plain(int value) => value == _field.Alias ? _field.Min : value;

    private void AddRange(int from, int count, int step)
    {
        for (int i = 0; i < count; i += step)
        {
            _values |= 1UL << (_field.Min + ((from - _field.Min + i) % _field.Size));
        }
    }
}
