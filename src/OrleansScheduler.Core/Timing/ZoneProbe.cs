using System.Collections.Immutable;

namespace OrleansScheduler.Core.Timing;

/// <summary>Finds the offset changes of a zone by asking <see cref="TimeZoneInfo"/>, whose rules are not public in a usable form.</summary>
internal static class ZoneProbe
{
    // Half of the shortest stretch that any zone of the IANA database has between two changes, rounded down to whole days.
    private const long Step = 2 * CalendarRange.SecondsPerDay;

    /// <summary>The segments of the zone within the calendar, and one more that marks its end.</summary>
    public static ImmutableArray<ZoneSegment> Segments(TimeZoneInfo zone)
    {
        var segments = ImmutableArray.CreateBuilder<ZoneSegment>();
        segments.Add(new ZoneSegment(CalendarRange.Start, long.MinValue, OffsetAt(zone, CalendarRange.Start)));
        bool isConstant = zone.GetAdjustmentRules().Length == 0;
        for (long known = isConstant ? CalendarRange.End : CalendarRange.Start; known < CalendarRange.End;)
        {
            var last = segments[^1];
            long next = Math.Min(known + Step, CalendarRange.End);
            if (OffsetAt(zone, next) == last.Offset)
            {
                known = next;
                continue;
            }

            known = FirstChange(zone, known, next, last.Offset);
            segments.Add(Follow(last, known, OffsetAt(zone, known)));
        }

        segments.Add(Follow(segments[^1], CalendarRange.End, 0));
        return segments.ToImmutable();
    }

    private static ZoneSegment Follow(ZoneSegment last, long start, int offset) =>
        new(start, Math.Max(last.HighWater, start + last.Offset), offset);

    private static long FirstChange(TimeZoneInfo zone, long same, long different, int offset)
    {
        while (different - same > 1)
        {
            long middle = same + ((different - same) / 2);
            if (OffsetAt(zone, middle) == offset)
            {
                same = middle;
            }
            else
            {
                different = middle;
            }
        }

        return different;
    }

    private static int OffsetAt(TimeZoneInfo zone, long instant) =>
        (int)(zone.GetUtcOffset(new DateTime(instant * TimeSpan.TicksPerSecond, DateTimeKind.Utc)).Ticks / TimeSpan.TicksPerSecond);
}
