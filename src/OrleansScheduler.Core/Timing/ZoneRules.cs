using System.Collections.Immutable;

namespace OrleansScheduler.Core.Timing;

/// <summary>All offsets of a zone within the calendar, as a table that is read without <see cref="TimeZoneInfo"/>.</summary>
internal sealed class ZoneRules
{
    // 97 days: with two changes a year, a lookup passes one segment at most.
    private const int BucketShift = 23;

    private readonly ZoneSegment[] _segments;
    private readonly ushort[] _buckets;

    /// <param name="segments">In order; the first starts with the calendar, the last one only marks its end.</param>
    public ZoneRules(ImmutableArray<ZoneSegment> segments)
    {
        _segments = [.. segments];
        _buckets = new ushort[((CalendarRange.End - CalendarRange.Start) >> BucketShift) + 1];
        int segment = 0;
        for (int bucket = 0; bucket < _buckets.Length; bucket++)
        {
            long start = CalendarRange.Start + ((long)bucket << BucketShift);
            while (_segments[segment + 1].Start <= start)
            {
                segment++;
            }

            _buckets[bucket] = (ushort)segment;
        }
    }

    /// <summary>The segments, with one more that marks the end of the calendar.</summary>
    public ReadOnlySpan<ZoneSegment> Segments => _segments;

    /// <summary>The table of a zone, computed at its first use.</summary>
    public static ZoneRules Of(TimeZoneInfo zone) => ZoneRulesCache.Get(zone);

    /// <summary>The index of the segment that holds an instant.</summary>
    /// <param name="instant">Seconds since 0001-01-01; one before the calendar counts as its start, none lies behind it.</param>
    public int SegmentAt(long instant)
    {
        int segment = _buckets[Math.Max(0, instant - CalendarRange.Start) >> BucketShift];
        while (_segments[segment + 1].Start <= instant)
        {
            segment++;
        }

        return segment;
    }

    /// <summary>The first instant, not before a segment, at which the clocks of the zone show a local time or a later one.</summary>
    /// <param name="local">Seconds since 0001-01-01 in local time.</param>
    /// <param name="segment">A segment that starts no later than that instant.</param>
    /// <returns><see cref="CalendarRange.None"/> when the calendar ends before.</returns>
    /// <remarks>A skipped time gives the end of the gap, a repeated one its first instant.</remarks>
    public long FirstInstantAt(long local, int segment = 0)
    {
        for (; segment < _segments.Length - 1; segment++)
        {
            int offset = _segments[segment].Offset;
            if (local < _segments[segment + 1].Start + offset)
            {
                return Math.Max(_segments[segment].Start, local - offset);
            }
        }

        return CalendarRange.None;
    }
}
