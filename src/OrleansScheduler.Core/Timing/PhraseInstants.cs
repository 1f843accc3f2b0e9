using System.Globalization;

namespace OrleansScheduler.Core.Timing;

/// <summary>Reads phrases that mean one instant.</summary>
internal static class PhraseInstants
{
    private const string Expected = "a date and time such as 2026-12-24T18:00";

    // The last one of the calendar of zones.
    private const int LastYear = 2199;

    private static readonly string[] LocalFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    private static readonly string[] OffsetFormats =
        ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>Reads what follows "in".</summary>
    public static PhraseMeaning ReadIn(PhraseReader reader, DateTimeOffset now) =>
        new PhraseMeaning.Once((now + PhraseDurations.Read(reader)).ToUniversalTime());

    /// <summary>Reads what follows "at": a date and time, in the zone unless it carries an offset.</summary>
    public static PhraseMeaning ReadAt(PhraseReader reader, DateTimeOffset now, TimeZoneInfo zone)
    {
        int start = reader.Position;
        string run = reader.Run;
        string upper = run.ToUpperInvariant();
        if (DateTimeOffset.TryParseExact(upper, OffsetFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            reader.Skip(run);
            return Once(start, instant, now);
        }

        if (DateTime.TryParseExact(upper, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            reader.Skip(run);
            return Once(start, Instant(local, zone), now);
        }

        if (DateOnly.TryParseExact(upper, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            reader.Skip(run);
            reader.TryTake("at");
            return Once(start, Instant(date.ToDateTime(PhraseTimes.Read(reader)), zone), now);
        }

        throw reader.Fail(Expected);
    }

    /// <summary>Reads what follows "today" or "tomorrow".</summary>
    public static PhraseMeaning ReadDay(PhraseReader reader, DateTimeOffset now, TimeZoneInfo zone, int daysLater)
    {
        reader.Take("at");
        int start = reader.Position;
        var time = PhraseTimes.Read(reader);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Once(start, Instant(today.AddDays(daysLater).ToDateTime(time), zone), now);
    }

    private static PhraseMeaning.Once Once(int position, DateTimeOffset? at, DateTimeOffset now) => at switch
    {
        null or { Year: > LastYear } => throw TimingErrors.Phrase(position, $"a date up to the year {LastYear}"),
        { } instant when instant <= now => throw TimingErrors.Phrase(position, "an instant that is yet to come"),
        { } instant => new PhraseMeaning.Once(instant.ToUniversalTime()),
    };

    private static DateTimeOffset? Instant(DateTime local, TimeZoneInfo zone)
    {
        long second = ZoneRules.Of(zone).FirstInstantAt(local.Ticks / TimeSpan.TicksPerSecond);
        return second < CalendarRange.End ? new DateTimeOffset(second * TimeSpan.TicksPerSecond, TimeSpan.Zero) : null;
    }
}
