using System.Collections.Concurrent;
using Cronos;
using OrleansScheduler.Core.Timing;
using CronExpression = Cronos.CronExpression;

namespace OrleansScheduler.Cluster.Cron;

/// <summary>In which zones Cronos tells the instants around changes of the offset in order.</summary>
/// <remarks>
/// It asks <see cref="TimeZoneInfo"/> which local times are skipped and which are repeated. Where that errs, as with daylight saving time that
/// is negative or moves with the moon, its answers go backwards, and a search that goes on from each never ends.
/// </remarks>
internal sealed class CronosZones
{
    private static readonly DateTimeOffset First = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2060, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly (Core.Timing.CronExpression Ours, CronExpression Theirs) EveryMinute =
        (Core.Timing.CronExpression.Parse("* * * * *"), CronExpression.EveryMinute);

    // One entry per zone of the machine at most.
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>True when Cronos finds the way across every change of the offset from 2020 to 2060. The first question for a zone takes milliseconds.</summary>
    public bool IsInOrder(TimeZoneInfo zone) => _known.GetOrAdd(zone.Id, static (_, asked) => Probe(asked), zone);

    private static bool Probe(TimeZoneInfo zone)
    {
        ReadOnlySpan<ZoneSegment> segments = ZoneRules.Of(zone).Segments;
        for (int i = 1; i < segments.Length - 1; i++)
        {
            var change = new DateTimeOffset(segments[i].Start * TimeSpan.TicksPerSecond, TimeSpan.Zero);
            if (change >= First && change < Last && !IsInOrder(zone, change, segments[i - 1].Offset, segments[i].Offset))
            {
                return false;
            }
        }

        return true;
    }

    // Around the change, and around the end of what is repeated after it: every minute, and a fixed time in the middle of the gap or overlap.
    private static bool IsInOrder(TimeZoneInfo zone, DateTimeOffset change, int before, int after)
    {
        TimeSpan length = TimeSpan.FromSeconds(Math.Abs(after - before));
        DateTimeOffset middle = change.AddSeconds((before + after) / 2);
        string text = FormattableString.Invariant($"{middle.Minute} {middle.Hour} * * *");
        var both = (Core.Timing.CronExpression.Parse(text), CronExpression.Parse(text));
        return IsSame(EveryMinute, zone, change - (2 * Minute), 4)
            && IsSame(EveryMinute, zone, change + length - (2 * Minute), 4)
            && IsSame(both, zone, change - length - Minute, 2)
            && IsSame(both, zone, change + Minute, 1)
            && IsSame(both, zone, change + length - Minute, 1);
    }

    private static bool IsSame((Core.Timing.CronExpression Ours, CronExpression Theirs) both, TimeZoneInfo zone, DateTimeOffset after, int count)
    {
        for (; count > 0; count--)
        {
            if (both.Ours.NextAfter(after, zone) is not { } next || both.Theirs.GetNextOccurrence(after, zone) != next)
            {
                return false;
            }

            after = next;
        }

        return true;
    }
}
