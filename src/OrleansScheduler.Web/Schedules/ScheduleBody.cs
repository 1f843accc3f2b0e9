using System.Collections.Immutable;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Schedules;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Schedules;

/// <summary>A schedule as a client defines it: the fields of <see cref="ScheduleDefinition"/>, and either a trigger or a text for one.</summary>
/// <param name="Target">What runs.</param>
/// <param name="Name">1 to 100 letters, digits, dots, hyphens or underscores of ASCII; only where the address does not name it.</param>
/// <param name="Trigger">The rule in time; null when <paramref name="When"/> says it.</param>
/// <param name="When">A cron expression or a simple phrase, such as <c>every weekday at 09:30</c>; null when there is a trigger.</param>
/// <param name="Zone">The IANA name of the zone in which <paramref name="When"/> counts; null for UTC.</param>
/// <param name="DayMatch">How the two day fields of a cron expression in <paramref name="When"/> combine; null for both.</param>
/// <param name="MaxRunDuration">After it a run is aborted, 10 ms to 7 days; null for 20 minutes.</param>
/// <param name="Tolerance">How late an occurrence may be noticed, 1 s to 1 day; null for 60 s.</param>
/// <param name="Overlap">What becomes of an occurrence while a run is open; null for skip.</param>
/// <param name="Missed">What becomes of missed occurrences; null for skip.</param>
/// <param name="Jitter">Each occurrence starts later by a stable length that is less than this one; up to 1 day, null for none.</param>
/// <param name="StartAt">Nominal instants before it are not due; null for no bound.</param>
/// <param name="EndAt">Nominal instants at or after it are not due; null for no bound.</param>
/// <param name="MaxFirings">After so many runs by its trigger the schedule is completed, at least 1; null for no bound.</param>
/// <param name="ExcludedDates">Dates in the trigger's zone on which it is not due; at most 1,000. Null for none.</param>
/// <param name="Group">The concurrency group whose cap its runs share; null for none.</param>
/// <param name="Labels">At most 32 names of up to 100 characters with values of up to 500; null for none.</param>
/// <param name="Description">For people, up to 1,000 characters; null for none.</param>
/// <param name="InitialPause">Why the schedule begins paused, up to 500 characters; null to begin active. Counts only when it is created.</param>
internal sealed record ScheduleBody(
    TargetBody Target,
    string? Name = null,
    Trigger? Trigger = null,
    string? When = null,
    string? Zone = null,
    DayMatch? DayMatch = null,
    TimeSpan? MaxRunDuration = null,
    TimeSpan? Tolerance = null,
    OverlapPolicy? Overlap = null,
    MissedPolicy? Missed = null,
    TimeSpan? Jitter = null,
    DateTimeOffset? StartAt = null,
    DateTimeOffset? EndAt = null,
    long? MaxFirings = null,
    ImmutableArray<DateOnly>? ExcludedDates = null,
    string? Group = null,
    ImmutableSortedDictionary<string, string>? Labels = null,
    string? Description = null,
    string? InitialPause = null)
{
    private const string WhenField = "when";
    private const string ZoneField = "zone";
    private const string DayMatchField = "day_match";

    /// <summary>The definition that it means.</summary>
    /// <param name="now">What "in 20 minutes" counts from.</param>
    /// <exception cref="SchedulerException"><c>request_invalid</c>, <c>id_invalid</c>, <c>cron_invalid</c>, <c>phrase_invalid</c>,
    /// <c>zone_unknown</c>, each with the field.</exception>
    public ScheduleDefinition ToDefinition(DateTimeOffset now) => new(
        ToTrigger(now),
        Target.ToTarget(),
        MaxRunDuration,
        Tolerance,
        Overlap,
        Missed,
        Jitter,
        StartAt,
        EndAt,
        MaxFirings,
        ExcludedDates,
        Group,
        Labels,
        Description,
        InitialPause);

    /// <summary>Adds the field to what a trigger's expression is refused with, where the actors know no field.</summary>
    public SchedulerException WithField(SchedulerException fault) =>
        fault.Code is ErrorCodes.CronInvalid or ErrorCodes.PhraseInvalid && !fault.Details.ContainsKey("field")
            ? fault.With("field", When is null ? "trigger.expression" : WhenField)
            : fault;

    private Trigger ToTrigger(DateTimeOffset now)
    {
        if ((Trigger is null) == (When is null))
        {
            throw Fault.Invalid(WhenField, Trigger is null
                ? "The body lacks the field trigger, or when in its place."
                : "The body has both trigger and when; one of them says when it is due.");
        }

        if (When is null)
        {
            return (Zone, DayMatch) switch
            {
                (not null, _) => throw Fault.Invalid(ZoneField, "zone belongs to when; a trigger of kind cron has a zone of its own."),
                (_, not null) => throw Fault.Invalid(DayMatchField, "day_match belongs to when; a trigger of kind cron has one of its own."),
                _ => Trigger!,
            };
        }

        try
        {
            return TriggerText.Parse(When, Zone ?? "UTC", DayMatch ?? OrleansScheduler.Schedules.DayMatch.Both, now);
        }
        catch (SchedulerException fault)
        {
            throw WithField(fault);
        }
    }
}
