using System.Globalization;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Tests.Timing;

/// <summary>Decides whether a local time fits a cron expression, value by value and straight from the words of the rules.</summary>
/// <remarks>Shares nothing with the product. It trusts its text, and knows no macros, no <c>H</c>, and no <c>7</c> at the end of a range from 0.</remarks>
internal sealed class OracleRule
{
    private const string Months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    private const string Weekdays = "SUNMONTUEWEDTHUFRISAT";

    private readonly string _dayOfMonth;
    private readonly string _month;
    private readonly string _dayOfWeek;
    private readonly bool[] _seconds;
    private readonly bool[] _minutes;
    private readonly bool[] _hours;

    public OracleRule(string text, DayMatch dayMatch = DayMatch.Both)
    {
        Text = text;
        DayMatch = dayMatch;
        string[] fields = text.Split(' ');
        fields = fields.Length == 5 ? ["0", .. fields] : fields;
        _seconds = [.. Enumerable.Range(0, 60).Select(value => Accepts(fields[0], value, 0, 59, ""))];
        _minutes = [.. Enumerable.Range(0, 60).Select(value => Accepts(fields[1], value, 0, 59, ""))];
        _hours = [.. Enumerable.Range(0, 24).Select(value => Accepts(fields[2], value, 0, 23, ""))];
        (_dayOfMonth, _month, _dayOfWeek) = (fields[3], fields[4], fields[5]);
        Repeats = (fields[1] + fields[2]).IndexOfAny(['*', '/', '-']) >= 0;
    }

    public string Text { get; }

    public DayMatch DayMatch { get; }

    public bool Repeats { get; }

    /// <summary>The seconds of a matching minute.</summary>
    public IEnumerable<int> Seconds => Enumerable.Range(0, 60).Where(second => _seconds[second]);

    public bool FitsMinute(int minuteOfDay) => _hours[minuteOfDay / 60] && _minutes[minuteOfDay % 60];

    public bool FitsDate(DateTime date)
    {
        if (!Accepts(_month, date.Month, 1, 12, Months))
        {
            return false;
        }

        bool byMonth = _dayOfMonth.Split(',').Any(item => FitsDayOfMonth(item, date));
        bool byWeek = _dayOfWeek.Split(',').Any(item => FitsDayOfWeek(item, date));
        bool bothRestricted = _dayOfMonth[0] is not ('*' or '?') && _dayOfWeek[0] is not ('*' or '?');
        return DayMatch == DayMatch.Either && bothRestricted ? byMonth || byWeek : byMonth && byWeek;
    }

    public override string ToString() => $"'{Text}' ({DayMatch})";

    private static bool FitsDayOfMonth(string item, DateTime date)
    {
        if (item.EndsWith('W'))
        {
            int target = item[0] == 'L' ? LastDay(date) - Offset(item[..^1]) : Number(item[..^1], "");
            return target >= 1 && target <= LastDay(date) && date.Day == NearestWorkingDay(date, target);
        }

        return item[0] == 'L' ? date.Day == LastDay(date) - Offset(item) : Accepts(item, date.Day, 1, 31, "");
    }

    private static bool FitsDayOfWeek(string item, DateTime date)
    {
        string[] nth = item.Split('#');
        if (nth.Length == 2)
        {
            return Weekday(nth[0]) == date.DayOfWeek && ((date.Day - 1) / 7) + 1 == Number(nth[1], "");
        }

        return item.EndsWith('L')
            ? Weekday(item[..^1]) == date.DayOfWeek && date.AddDays(7).Month != date.Month
            : Accepts(item, (int)date.DayOfWeek, 0, 6, Weekdays);
    }

    // The working day of the month that is the fewest days away.
    private static int NearestWorkingDay(DateTime date, int target) =>
        Enumerable.Range(1, LastDay(date))
            .Where(day => new DateTime(date.Year, date.Month, day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .MinBy(day => Math.Abs(day - target));

    private static int LastDay(DateTime date) => DateTime.DaysInMonth(date.Year, date.Month);

    private static int Offset(string last) => last == "L" ? 0 : Number(last[2..], "");

    private static DayOfWeek Weekday(string text) => (DayOfWeek)(Number(text, Weekdays) % 7);

    private static bool Accepts(string field, int value, int min, int max, string names) =>
        field.Split(',').Any(item => AcceptsItem(item, value, min, max, names));

    private static bool AcceptsItem(string item, int value, int min, int max, string names)
    {
        string[] parts = item.Split('/');
        string[] ends = parts[0].Split('-');
        int step = parts.Length > 1 ? Number(parts[1], "") : 1;
        bool isAll = parts[0] is "*" or "?";
        int from = isAll ? min : Wrap(Number(ends[0], names));
        int to = isAll || (ends.Length == 1 && parts.Length > 1) ? max : Wrap(Number(ends[^1], names));
        int walked = from;
        for (int steps = 0; ; steps++)
        {
            if (walked == value && steps % step == 0)
            {
                return true;
            }

            if (walked == to)
            {
                return false;
            }

            walked = walked == max ? min : walked + 1;
        }

        int Wrap(int number) => number > max ? number - (max - min + 1) : number;
    }

    private static int Number(string text, string names) => char.IsAsciiDigit(text[0])
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : (names.IndexOf(text, StringComparison.OrdinalIgnoreCase) / 3) + (names == Months ? 1 : 0);
}
