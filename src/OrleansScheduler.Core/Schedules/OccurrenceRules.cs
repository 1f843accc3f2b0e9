using System.Collections.Immutable;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>Decides what becomes of the instants of a schedule.</summary>
/// <param name="id">The schedule.</param>
/// <param name="evaluator">Who may tell when cron expressions are due; null for nobody but <see cref="CronExpression"/>.</param>
internal sealed class OccurrenceRules(ScheduleId id, ICronEvaluator? evaluator)
{
    /// <summary>So many instants are counted in one turn; the rest follows at the next call, which comes at once.</summary>
    public const long CountedMax = 100_000;

    private ScheduleDefinition? _definition;
    private DateTimeOffset _createdAt;
    private string? _evaluator;
    private Timetable? _timetable;
    private SchedulerException? _fault;

    /// <summary>When it is due, in words.</summary>
    public string DescriptionOf(ScheduleFacts facts) => TimetableOf(facts)?.Description ?? $"Not due on this machine: {_fault!.Message}";

    /// <summary>Who would tell the instants of a definition from now on, by name; null for <see cref="CronExpression"/>.</summary>
    public string? EvaluatorOf(ScheduleDefinition definition) =>
        definition.Trigger is CronTrigger cron && TimeZones.Find(cron.Zone) is { } zone && evaluator?.Read(cron, zone) is not null ? evaluator.Name : null;

    /// <exception cref="SchedulerException">Why this machine cannot tell when it is due.</exception>
    public void ThrowIfUnreadable(ScheduleFacts facts)
    {
        if (TimetableOf(facts) is null)
        {
            throw new SchedulerException(_fault!.Code, _fault.Message);
        }
    }

    /// <summary>The next nominal instant without a fate; null when none is left.</summary>
    public DateTimeOffset? NextNominal(ScheduleFacts facts) =>
        facts.FiringsLeft == 0 ? null : TimetableOf(facts)?.NextAfter(facts.SettledUpTo);

    /// <summary>True when the trigger will never fire again. What cannot be read on this machine may be readable on another.</summary>
    public bool IsExhausted(ScheduleFacts facts) =>
        TimetableOf(facts) is { } timetable
        && (facts.FiringsLeft == 0
            || (facts.Definition.Trigger is StartTrigger
                ? facts.SettledUpTo >= facts.Definition.EndAt
                : timetable.NextAfter(facts.SettledUpTo) is null));

    /// <summary>What becomes of the nominal instants up to now; null when there are none.</summary>
    public ScheduleEntry.Settled? Settle(ScheduleFacts facts, DateTimeOffset now)
    {
        if (NextNominal(facts) is not { } next || next > now)
        {
            return null;
        }

        Timetable timetable = TimetableOf(facts)!;
        DateTimeOffset tolerated = now - facts.Definition.EffectiveTolerance;
        DateTimeOffset missedUpTo = tolerated > facts.SettledUpTo ? tolerated : facts.SettledUpTo;
        Timetable.Tally missed = timetable.Count(facts.SettledUpTo, missedUpTo, CountedMax);
        List<DateTimeOffset> started = [];
        if (missed.UpTo < missedUpTo)
        {
            // There is more to count: nothing is started out of order.
            return new ScheduleEntry.Settled(missed.UpTo, missed.Count, 0, [], now);
        }

        int room = (int)Math.Min(facts.OpenAllowed - facts.Open.Count, facts.FiringsLeft);
        if (missed.Count > 0 && facts.Definition.EffectiveMissed == MissedPolicy.RunLatest && room > 0)
        {
            started.Add(missed.Latest!.Value);
        }

        long skipped = missed.Count - started.Count;
        Timetable.Tally timely = timetable.Count(missedUpTo, now, CountedMax);
        DateTimeOffset from = missedUpTo;
        long taken = 0;
        while (started.Count < room && timetable.NextAfter(from) is { } instant && instant <= timely.UpTo)
        {
            started.Add(instant);
            from = instant;
            taken++;
        }

        // What a schedule that may fire no more would have been due for is no occurrence.
        long overlapped = started.Count == facts.FiringsLeft ? 0 : timely.Count - taken;
        return new ScheduleEntry.Settled(timely.UpTo, skipped, overlapped, [.. started], now);
    }

    /// <summary>What becomes of a start of the deployment; null when it or a later one is known, or it is none of its business.</summary>
    public ScheduleEntry.Settled? Settle(ScheduleFacts facts, DeploymentStart start, DateTimeOffset now)
    {
        if (facts.Definition.Trigger is not StartTrigger || facts.SinceStart == start.Id || start.Number < facts.SinceStartNumber)
        {
            return null;
        }

        // Whoever knows of no start yet was created, resumed or changed after this one.
        bool due = facts.State == ScheduleState.Active
            && (facts.SinceStart is not null || start.At > facts.SettledUpTo)
            && (facts.Definition.StartAt is not { } from || start.At >= from)
            && (facts.Definition.EndAt is not { } end || start.At < end)
            && facts.FiringsLeft > 0;
        bool starts = due && facts.Open.Count < facts.OpenAllowed;
        DateTimeOffset upTo = facts.SettledUpTo > start.At ? facts.SettledUpTo : start.At;
        return new ScheduleEntry.Settled(upTo, 0, due && !starts ? 1 : 0, starts ? [start.At] : [], now, start.Id, start.Number);
    }

    /// <summary>When an occurrence may start at the earliest; null for at once.</summary>
    public static DateTimeOffset? NotBefore(ScheduleDefinition definition, RunId run, DateTimeOffset instant) =>
        definition.Jitter is { } jitter
            ? instant + TimeSpan.FromMilliseconds(StableHash.Of(run.ToString(), 0) % (ulong)Math.Max(1, jitter.Ticks / TimeSpan.TicksPerMillisecond))
            : null;

    // A definition is parsed when it is first needed, and kept until there is another.
    private Timetable? TimetableOf(ScheduleFacts facts)
    {
        if (!ReferenceEquals(_definition, facts.Definition) || _createdAt != facts.CreatedAt || _evaluator != facts.Evaluator)
        {
            try
            {
                (_timetable, _fault) = (Timetable.Load(facts.Definition, id, facts.CreatedAt, EvaluatorOf(facts)), null);
            }
            catch (SchedulerException fault)
            {
                // For example a zone that another machine knew. The schedule stays as it is and is not due here.
                (_timetable, _fault) = (null, fault);
            }

            (_definition, _createdAt, _evaluator) = (facts.Definition, facts.CreatedAt, facts.Evaluator);
        }

        return _timetable;
    }

    // Whoever told its instants when it was defined goes on telling them: others might tell other ones, and nobody would notice.
    private ICronEvaluator? EvaluatorOf(ScheduleFacts facts) => facts.Evaluator is not { } name
        ? null
        : evaluator?.Name == name
            ? evaluator
            : throw new SchedulerException(
                ErrorCodes.PolicyUnsupported, $"Its instants are told by '{name}', which this process does not have. To define it again takes what is here.");
}
