using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Timing;

/// <summary>A cron expression: which seconds of the local calendar are due.</summary>
/// <remarks>
/// <para>
/// Five fields (minute, hour, day of the month, month, weekday), six with seconds first, or one of <c>@yearly @annually @monthly
/// @weekly @daily @midnight @hourly</c>. A field is a list of values, ranges (<c>22-2</c> wraps) and steps (<c>*/n</c>,
/// <c>a/n</c>, <c>a-b/n</c>). Months and weekdays have names; 0 and 7 are both Sunday. Day of the month: <c>L</c> the last day,
/// <c>L-n</c> n days before, <c>nW</c>, <c>LW</c> and <c>L-nW</c> the working day nearest to it within the month. Weekday:
/// <c>5L</c> the last Friday, <c>5#2</c> the second. Either day field may be <c>?</c>, the same as <c>*</c>. <c>H</c>, <c>H(a-b)</c>,
/// <c>H/n</c> and <c>H(a-b)/n</c> take values that depend on the schedule's id alone.
/// </para>
/// <para>
/// Daylight saving: when hour and minute are fixed (no <c>*</c>, step or range in them), every local time is due once: a skipped one at the
/// first instant after the gap, a repeated one the first time. Any other expression is due whenever the clock shows a matching time: never
/// in a gap, twice in an overlap.
/// </para>
/// </remarks>
public sealed class CronExpression
{
    /// <summary>The longest text.</summary>
    public const int CharsMax = 1_000;

    private readonly TimeSet _times;
    private readonly DayTable? _days;
    private readonly string _text;

    private CronExpression(string text, CronFields fields, DayTable? days)
    {
        _text = text;
        Fields = fields;
        _times = new TimeSet(fields);
        _days = days;
    }

    /// <summary>How the two day fields combine.</summary>
    public DayMatch DayMatch => Fields.DayMatch;

    /// <summary>Whether a change of the zone's offset is met as by an expression with fixed hours and minutes.</summary>
    public bool IsFixed => !Fields.Repeats;

    /// <summary>The parsed fields, for those who describe them.</summary>
    internal CronFields Fields { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">At most <see cref="CharsMax"/> characters of ASCII; letters of either case.</param>
    /// <param name="dayMatch">How the two day fields combine when both are restricted.</param>
    /// <param name="hashId">The id of the schedule, from which the values of <c>H</c> follow; null refuses <c>H</c>.</param>
    /// <exception cref="Errors.SchedulerException">
    /// <c>cron_invalid</c> with <c>position</c> (index of a character) and <c>expected</c>; also when no day ever fits, such as 30 February.
    /// </exception>
    public static CronExpression Parse(string text, DayMatch dayMatch = DayMatch.Both, string? hashId = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var fields = CronParser.Parse(text, dayMatch, hashId, out var days);
        return new CronExpression(text, fields, days);
    }

    /// <summary>The first occurrence strictly after an instant, in UTC.</summary>
    /// <param name="after">Any instant. Before 1970 it counts as the start of 1970.</param>
    /// <returns>A whole second in UTC, before 2200; null when none is left.</returns>
    /// <remarks>Allocates nothing. An expression that parses is due within 40 years of any instant.</remarks>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        long from = FirstSecondAfter(after);
        return Instant(from < CalendarRange.End ? NextLocal(from) : CalendarRange.None);
    }

    /// <summary>The first occurrence strictly after an instant, by the clocks of a zone.</summary>
    /// <param name="after">Any instant. Before 1970 it counts as the start of 1970.</param>
    /// <param name="zone">Its changes of offset are read once and kept; the first use of a zone takes milliseconds.</param>
    /// <returns>A whole second in UTC, before 2200; null when none is left.</returns>
    /// <remarks>Allocates nothing once the zone is known. Asked again with its own answers, it gives strictly increasing ones.</remarks>
    public DateTimeOffset? NextAfter(DateTimeOffset after, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        long from = FirstSecondAfter(after);
        if (from >= CalendarRange.End)
        {
            return null;
        }

        var rules = ZoneRules.Of(zone);
        return Instant(IsFixed ? NextFixed(from, rules) : NextRepeating(from, rules));
    }

    /// <summary>The text as it was given.</summary>
    public override string ToString() => _text;

    private static long FirstSecondAfter(DateTimeOffset after) =>
        Math.Max((after.UtcTicks / TimeSpan.TicksPerSecond) + 1, CalendarRange.Start);

    private static DateTimeOffset? Instant(long second) =>
        second < CalendarRange.End ? new DateTimeOffset(second * TimeSpan.TicksPerSecond, TimeSpan.Zero) : null;

    // Every local time is due when the clocks show it, or a later one, for the first time.
    private long NextFixed(long from, ZoneRules rules)
    {
        int segment = rules.SegmentAt(from - 1);
        ref readonly var current = ref rules.Segments[segment];
        long local = NextLocal(Math.Max(from + current.Offset, current.HighWater));
        return rules.FirstInstantAt(local, segment);
    }

    private long NextRepeating(long from, ZoneRules rules)
    {
        var segments = rules.Segments;
        int segment = rules.SegmentAt(from);
        long searched = from + segments[segment].Offset;
        long local = NextLocal(searched);
        while (local >= segments[segment + 1].Start + segments[segment].Offset)
        {
            if (++segment == segments.Length - 1)
            {
                return CalendarRange.None;
            }

            // A match stays one unless the clocks went back behind where the search began, or skipped it.
            long start = segments[segment].Start + segments[segment].Offset;
            if (start < searched || start > local)
            {
                searched = start;
                local = NextLocal(searched);
            }
        }

        return local - segments[segment].Offset;
    }

    // The first matching local second at or after one, without regard to zones.
    private long NextLocal(long from)
    {
        int day = (int)((ulong)from / CalendarRange.SecondsPerDay);
        int time = _times.NextFrom((int)(from - ((long)day * CalendarRange.SecondsPerDay)));
        int searched = time >= 0 ? day : day + 1;
        int found = _days is null ? searched : _days.NextFrom(searched);
        return found == int.MaxValue
            ? CalendarRange.None
            : ((long)found * CalendarRange.SecondsPerDay) + (found == day && time >= 0 ? time : _times.First);
    }
}
