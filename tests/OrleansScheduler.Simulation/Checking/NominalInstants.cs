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
        for (DateTimeOffset? next = Next(definition, id, createdAt, after); next <= upTo && instants.Count < CountMax; next = Next(definition, id, createdAt, next.Value))
        {
            if ((definition.StartAt is not { } start || next >= start) && (definition.EndAt is not { } end || next < end))
            {
                instants.Add(next.Value);
            }
        }

        return instants;
    }

    private static DateTimeOffset? Next(ScheduleDefinition definition, ScheduleId id, DateTimeOffset createdAt, DateTimeOffset after)
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
                return Timetable.Of(definition, id, createdAt).NextAfter(after);
            default:
                return null;
        }
    }
}
