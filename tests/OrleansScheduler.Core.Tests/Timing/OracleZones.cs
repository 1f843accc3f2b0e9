namespace OrleansScheduler.Core.Tests.Timing;

/// <summary>The zones of the machine, and where their offsets change.</summary>
internal static class OracleZones
{
    /// <summary>The first day of the comparison, in UTC.</summary>
    public static readonly DateTime Start = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The first instant behind it.</summary>
    public static readonly DateTime End = new(2061, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Negative daylight saving, half hours, gaps at midnight, a skipped day, moved base offsets, changes within a week.</summary>
    public static readonly string[] Nasty =
    [
        "Europe/Dublin", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza",
        "Europe/Volgograd", "Asia/Pyongyang", "America/Caracas", "America/St_Johns", "Antarctica/Troll", "Asia/Tehran", "America/Nuuk",
    ];

    /// <summary>Every instant, to the minute, at which a zone changes its offset.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="start">In UTC.</param>
    /// <param name="end">In UTC.</param>
    /// <param name="step">Changes that lie closer together than this can be overlooked.</param>
    public static IEnumerable<DateTime> Changes(TimeZoneInfo zone, DateTime start, DateTime end, TimeSpan step)
    {
        for (var at = start; at < end; at += step)
        {
            var offset = zone.GetUtcOffset(at);
            if (zone.GetUtcOffset(at + step) == offset)
            {
                continue;
            }

            var change = at;
            while (zone.GetUtcOffset(change) == offset)
            {
                change = change.AddMinutes(1);
            }

            yield return change;
        }
    }
}
