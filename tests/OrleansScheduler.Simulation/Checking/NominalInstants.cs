using OrleansScheduler.Core.Timing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>When a definition is due, by arithmetic of its own; only cron expressions are left to the product, which has an oracle for them.</summary>
internal static class NominalInstants
{
    private const int CountMax = 20_000;

    /// <summary>The instants after one and not after another, in order.</summary>
    public static List<DateTimeOffset> Between(ScheduleDefinition definition, ScheduleId id, DateTimeOffset createdAt, DateTimeOffset after, DateTimeOffset upTo)
    {
        List<DateTimeOffset> instants = [];
        Timetable? cron = definition.Trigger is CronTrigger
            ? Timetable.Of(definition with { StartAt = null, EndAt = null, ExcludedDates = null }, id, createdAt)
            : null;
        for (DateTimeOffset? next = Next(definition, cron, createdAt, after); next <= upTo && instants.Count < CountMax; next = Next(definition, cron, createdAt, next.Value))
        {
            if ((definition.StartAt is not { } start || next >= start) && (definition.EndAt is not { } end || next < end) && !IsExcluded(definition, next.Value))
            {
                instants.Add(next.Value);
            }
        }

        return instants;
    }

    private static bool IsExcluded(ScheduleDefinition definition, DateTimeOffset instant)
    {
        TimeZoneInfo zone = definition.Trigger is CronTrigger { Zone: var name } ? TimeZoneInfo.FindSystemTimeZoneById(name) : TimeZoneInfo.Utc;
        return definition.ExcludedDates is { } dates && dates.Contains(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));
    }

    private static DateTimeOffset? Next(ScheduleDefinition definition, Timetable? cron, DateTimeOffset createdAt, DateTimeOffset after)
    {
        switch (definition.Trigger)
        {
            case IntervalTrigger interval:
                DateTimeOffset anchor = interval.Anchor ?? createdAt;
                decimal periods = Math.Floor((decimal)(after - anchor).Ticks / interval.Period.Ticks) + 1;
                return anchor + TimeSpan.FromTicks((long)(periods * interval.Period.Ticks));
            case OnceTrigger once:
                return once.Instant > after ? once.Instant : null;
            case CronTrigger:
                return cron!.NextAfter(after);
            default:
                return null;
        }
    }
}
