using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Timing;

/// <summary>The instants of an interval: anchor + n × period, without drift, in UTC ticks.</summary>
internal sealed record IntervalRule(DateTimeOffset Anchor, TimeSpan Period) : ITimeRule
{
    public static readonly TimeSpan PeriodMin = TimeSpan.FromMilliseconds(10);
    public static readonly TimeSpan PeriodMax = TimeSpan.FromDays(366);

    public static IntervalRule Of(IntervalTrigger trigger, DateTimeOffset createdAt) => new(trigger.Anchor ?? createdAt, trigger.Period);

    /// <inheritdoc/>
    public string Description => $"Every {Duration.Format(Period)}";

    /// <summary>The last instant that does not come after another.</summary>
    public DateTimeOffset LatestAt(DateTimeOffset instant) => NextAfter(instant - Period) ?? instant;

    /// <summary>The first instant strictly after another; null when it lies beyond the calendar.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        Int128 ticks = Anchor.UtcTicks + ((Int128)IndexAt(after) + 1) * Period.Ticks;
        return ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset((long)ticks, TimeSpan.Zero) : null;
    }

    /// <summary>How many instants lie after <paramref name="after"/> and not after <paramref name="until"/>.</summary>
    public long CountBetween(DateTimeOffset after, DateTimeOffset until) => Math.Max(0, IndexAt(until) - IndexAt(after));

    // The greatest n with anchor + n × period <= instant; negative before the anchor.
    private long IndexAt(DateTimeOffset instant)
    {
        long offset = instant.UtcTicks - Anchor.UtcTicks;
        return offset >= 0 ? offset / Period.Ticks : -((-offset + Period.Ticks - 1) / Period.Ticks);
    }
}
