using OrleansScheduler.Core.Timing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>When a definition is due, by arithmetic of its own; only cron expressions are left to the product, which has an oracle for them.</summary>
internal sealed class NominalInstants(ScheduleDefinition definition, ScheduleId id, DateTimeOffset createdAt)
{
    private const int CountMax = 20_000;

    private readonly Timetable? _cron = definition.Trigger is CronTrigger
        ? Timetable.Of(definition with { StartAt = null, EndAt = null, ExcludedDates = null }, id, createdAt)
        : null;

    private readonly TimeZoneInfo _zone = definition.Trigger is CronTrigger { Zone: var name } ? TimeZoneInfo.FindSystemTimeZoneById(name) : TimeZoneInfo.Utc;

    /// <summary>The instants after one and not after another, in order.</summary>
    public List<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset upTo)
    {
        List<DateTimeOffset> instants = [];
        for (DateTimeOffset? next = Next(after); next <= upTo && instants.Count < CountMax; next = Next(next.Value))
        {
            if (!(next < definition.StartAt) && !(next >= definition.EndAt) && !IsExcluded(next.Value))
            {
                instants.Add(next.Value);
            }
        }

        return instants;
    }

    /// <summary>The first instant after another; null when there is none.</summary>
    public DateTimeOffset? First(DateTimeOffset after)
    {
        for (int count = 0; count < CountMax && Next(after) is { } next && !(next >= definition.EndAt); count++)
        {
            if (next < definition.StartAt)
            {
                after = definition.StartAt.Value.AddTicks(-1);
            }
            else if (IsExcluded(next))
            {
                // What is left of the date in whole hours is passed over at once.
                for (after = next; IsExcluded(after.AddHours(1)); after = after.AddHours(1))
                {
                }
            }
            else
            {
                return next;
            }
        }

        return null;
    }

    private bool IsExcluded(DateTimeOffset instant) =>
        definition.ExcludedDates is { } dates && dates.Contains(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime));

    private DateTimeOffset? Next(DateTimeOffset after)
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
                return _cron!.NextAfter(after);
            default:
                return null;
        }
    }
}
