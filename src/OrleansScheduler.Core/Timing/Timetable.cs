using System.Collections.Immutable;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Timing;

/// <summary>The nominal instants of a schedule: its trigger between start and end, without the excluded dates.</summary>
/// <remarks>How often it has fired, whether it is paused and its jitter do not count here.</remarks>
public sealed class Timetable
{
    private readonly ITimeRule _rule;
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset _start;
    private readonly DateTimeOffset _end;
    private readonly ImmutableHashSet<DateOnly> _excluded;

    private Timetable(ScheduleDefinition definition, ITimeRule rule, TimeZoneInfo zone)
    {
        _rule = rule;
        _zone = zone;
        _start = definition.StartAt ?? DateTimeOffset.MinValue;
        _end = definition.EndAt ?? DateTimeOffset.MaxValue;
        _excluded = definition.ExcludedDates is { IsDefaultOrEmpty: false } dates ? [.. dates] : [];
        Description = TimetableWords.Of(definition, rule.Description, zone);
    }

    /// <summary>When it is due, as one sentence without a full stop.</summary>
    public string Description { get; }

    /// <summary>The instants of a definition.</summary>
    /// <param name="definition">It is checked whole, but for its handler.</param>
    /// <param name="schedule">The schedule, from whose id the values of <c>H</c> follow.</param>
    /// <param name="createdAt">The anchor of an interval that names none.</param>
    /// <param name="evaluator">Who tells when standard cron expressions are due; null, the default, for <see cref="CronExpression"/>.</param>
    /// <exception cref="SchedulerException"><c>cron_invalid</c>, <c>zone_unknown</c>, <c>policy_unsupported</c>, <c>request_invalid</c>.</exception>
    public static Timetable Of(
        ScheduleDefinition definition, ScheduleId schedule, DateTimeOffset createdAt, ICronEvaluator? evaluator = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        TimingRules.Check(definition);
        return Load(definition, schedule, createdAt, evaluator);
    }

    /// <summary>The instants of a definition that was checked when it was stored.</summary>
    internal static Timetable Load(
        ScheduleDefinition definition, ScheduleId schedule, DateTimeOffset createdAt, ICronEvaluator? evaluator = null)
    {
        TimeZoneInfo zone = definition.Trigger is CronTrigger { Zone: var name } ? TimeZones.Require(name, "trigger.zone") : TimeZoneInfo.Utc;
        ITimeRule rule = definition.Trigger switch
        {
            CronTrigger cron => CronRuleOf(cron, schedule, zone, evaluator),
            IntervalTrigger interval => IntervalRule.Of(interval, createdAt),
            OnceTrigger once => new OnceRule(once.Instant),
            StartTrigger => new StartRule(),
            _ => throw new InvariantException($"No rule for the trigger {definition.Trigger.GetType().Name}."),
        };
        return new Timetable(definition, rule, zone);
    }

    /// <summary>The first nominal instant strictly after another; null when none is left, or the trigger is a start.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        DateTimeOffset from = after < _start ? _start - TimeSpan.FromTicks(1) : after;
        while (_rule.NextAfter(from) is { } next && next < _end)
        {
            if (_excluded.IsEmpty || !_excluded.Contains(DateOf(next)))
            {
                return next;
            }

            DateTimeOffset midnight = MidnightAfter(next) - TimeSpan.FromTicks(1);
            from = midnight > next ? midnight : next;
        }

        return null;
    }

    /// <summary>The next nominal instants.</summary>
    /// <param name="after">They come strictly after it.</param>
    /// <param name="count">At most so many, 1 to 10,000.</param>
    public ImmutableArray<DateTimeOffset> Next(DateTimeOffset after, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 10_000);
        var instants = ImmutableArray.CreateBuilder<DateTimeOffset>();
        for (DateTimeOffset? next = NextAfter(after); next is { } instant && instants.Count < count; next = NextAfter(instant))
        {
            instants.Add(instant);
        }

        return instants.ToImmutable();
    }

    /// <summary>Counts the instants after one and not after another.</summary>
    /// <param name="after">They come strictly after it.</param>
    /// <param name="until">They do not come after it.</param>
    /// <param name="countMax">The counting stops there.</param>
    internal Tally Count(DateTimeOffset after, DateTimeOffset until, long countMax)
    {
        if (_rule is IntervalRule interval && _excluded.IsEmpty && after >= _start && until < _end)
        {
            long count = interval.CountBetween(after, until);
            return new Tally(count, count > 0 ? interval.LatestAt(until) : null, until);
        }

        long counted = 0;
        DateTimeOffset? latest = null;
        for (DateTimeOffset? next = NextAfter(after); next <= until; next = NextAfter(latest.Value))
        {
            latest = next;
            if (++counted == countMax)
            {
                return new Tally(counted, latest, latest!.Value);
            }
        }

        return new Tally(counted, latest, until > after ? until : after);
    }

    /// <summary>Some instants, as far as they were counted.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Latest">The last of them; null when there are none.</param>
    /// <param name="UpTo">Up to where all were counted.</param>
    internal readonly record struct Tally(long Count, DateTimeOffset? Latest, DateTimeOffset UpTo);

    private static ITimeRule CronRuleOf(CronTrigger trigger, ScheduleId schedule, TimeZoneInfo zone, ICronEvaluator? evaluator)
    {
        var rule = new CronRule(CronExpression.Parse(trigger.Expression, trigger.DayMatch, schedule.ToString()), zone);
        return evaluator?.Read(trigger, zone) is { } next ? new EvaluatedRule(rule, evaluator.Name, next) : rule;
    }

    private DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime);

    // Never later than the first instant of the next date; around a change of the clocks it may be earlier, and the caller looks again.
    private DateTimeOffset MidnightAfter(DateTimeOffset instant)
    {
        DateOnly date = DateOf(instant);
        if (date == DateOnly.MaxValue)
        {
            return DateTimeOffset.MaxValue;
        }

        DateTime midnight = date.AddDays(1).ToDateTime(TimeOnly.MinValue);
        DateTimeOffset early = At(midnight, _zone.GetUtcOffset(instant));
        DateTimeOffset other = At(midnight, _zone.GetUtcOffset(early));
        return other < early ? other : early;
    }

    private static DateTimeOffset At(DateTime local, TimeSpan offset) => new DateTimeOffset(local, offset).ToUniversalTime();
}
