using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>What is known of a schedule that exists.</summary>
/// <param name="Definition">When it runs, and what.</param>
/// <param name="Revision">How often it was defined.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ChangedBy">Who changed its state last.</param>
/// <param name="Reason">Why it stands there.</param>
/// <param name="SettledUpTo">Every nominal instant up to it has its fate.</param>
/// <param name="SinceStart">The last start of the deployment that it knows; null for none.</param>
/// <param name="Occurrences">How many occurrences became runs.</param>
/// <param name="Fired">How many of them came from the trigger, under the present definition.</param>
/// <param name="Counters">The fate of all occurrences.</param>
/// <param name="Open">What waits for a slot or runs, oldest first.</param>
/// <param name="Ended">The last ended runs, newest first.</param>
/// <param name="Requests">Which request made which run, for the runs that are open or kept.</param>
/// <param name="SinceStartNumber">The greatest number of a start that it knows. A start with a smaller one is over.</param>
/// <param name="Evaluator">Who tells when its cron expression is due, by the name of an <see cref="Timing.ICronEvaluator"/>; null for <see cref="Timing.CronExpression"/>.</param>
/// <param name="LastOnce">The latest instant of a once trigger that has its fate, under whatever definition; null for none.</param>
internal sealed record ScheduleFacts(
    ScheduleDefinition Definition,
    long Revision,
    ScheduleState State,
    string Incarnation,
    DateTimeOffset CreatedAt,
    string? ChangedBy,
    string? Reason,
    DateTimeOffset SettledUpTo,
    string? SinceStart,
    long Occurrences,
    long Fired,
    ScheduleCounters Counters,
    ImmutableList<ScheduleRun> Open,
    ImmutableList<ScheduleRun> Ended,
    ImmutableDictionary<string, RunId> Requests,
    long SinceStartNumber = 0,
    string? Evaluator = null,
    DateTimeOffset? LastOnce = null)
{
    /// <summary>So many ended runs are kept here; the history has more.</summary>
    public const int EndedKept = 50;

    /// <summary>So many runs may be open, whatever the policy allows.</summary>
    public const int OpenMax = 100;

    /// <summary>How many runs its policy lets be open.</summary>
    public int OpenAllowed => Definition.EffectiveOverlap == OverlapPolicy.Allow ? OpenMax : 1;

    /// <summary>How many more times the trigger may fire.</summary>
    public long FiringsLeft => Definition.MaxFirings is { } most ? Math.Max(0, most - Fired) : long.MaxValue;

    public static ScheduleFacts New(ScheduleEntry.Created created) => new(
        created.Definition,
        1,
        created.Definition.InitialPause is null ? ScheduleState.Active : ScheduleState.Paused,
        created.Incarnation,
        created.At,
        null,
        created.Definition.InitialPause,
        FirstSettled(created.Definition, created.At, null),
        null,
        0,
        0,
        new ScheduleCounters(0, 0, 0, 0, 0),
        [],
        [],
        ImmutableDictionary<string, RunId>.Empty,
        Evaluator: created.Evaluator);

    /// <summary>Every instant up to another one has its fate. A wall clock that went backwards takes no fate back.</summary>
    public ScheduleFacts UpTo(DateTimeOffset instant) => instant > SettledUpTo ? this with { SettledUpTo = instant } : this;

    public ScheduleFacts With(ScheduleEntry.Updated updated)
    {
        ScheduleFacts facts = UpTo(updated.At);
        bool other = Definition.Trigger != updated.Definition.Trigger;
        return facts with
        {
            Definition = updated.Definition,
            Evaluator = updated.Evaluator,
            Revision = Revision + 1,
            State = State == ScheduleState.Completed ? ScheduleState.Active : State,
            Reason = State == ScheduleState.Completed ? null : Reason,
            ChangedBy = updated.Who,
            SinceStart = other ? null : SinceStart,
            SettledUpTo = other ? FirstSettled(updated.Definition, facts.SettledUpTo, LastOnce) : facts.SettledUpTo,
            Fired = Definition.MaxFirings == updated.Definition.MaxFirings ? Fired : 0,
        };
    }

    public ScheduleFacts With(ScheduleEntry.Settled settled) => UpTo(settled.UpTo) with
    {
        SinceStart = settled.SinceStart ?? SinceStart,
        SinceStartNumber = Math.Max(SinceStartNumber, settled.SinceStartNumber),
        Fired = Fired + settled.Started.Length,
        LastOnce = Definition.Trigger is OnceTrigger { Instant: var instant } && instant <= settled.UpTo && !(instant <= LastOnce) ? instant : LastOnce,
        Counters = Counters with
        {
            Due = Counters.Due + settled.Missed + settled.Overlapped,
            SkippedMissed = Counters.SkippedMissed + settled.Missed,
            SkippedOverlap = Counters.SkippedOverlap + settled.Overlapped,
        },
    };

    public ScheduleFacts Start(ScheduleRun run, string? request) => this with
    {
        Occurrences = run.Run.Number,
        Open = Open.Add(run),
        Requests = request is null ? Requests : Requests.SetItem(request, run.Run),
        Counters = Counters with { Due = Counters.Due + 1, Open = Counters.Open + 1 },
    };

    public ScheduleFacts With(ScheduleEntry.Claimed claimed)
    {
        int index = Open.FindIndex(run => run.Run == claimed.Run);
        return index < 0
            ? this
            : this with { Open = Open.SetItem(index, Open[index] with { Status = RunStatus.Running, StartedAt = claimed.At }) };
    }

    /// <summary>Moves a run to those that ended.</summary>
    public ScheduleFacts End(ScheduleRun run)
    {
        ImmutableList<ScheduleRun> ended = Ended.Insert(0, run);
        ImmutableDictionary<string, RunId> requests = Requests;
        if (ended.Count > EndedKept)
        {
            RunId oldest = ended[^1].Run;
            ended = ended.RemoveAt(ended.Count - 1);
            requests = requests.IsEmpty ? requests : requests.RemoveRange(requests.Where(pair => pair.Value == oldest).Select(pair => pair.Key));
        }

        return this with
        {
            Open = Open.RemoveAll(open => open.Run == run.Run),
            Ended = ended,
            Requests = requests,
            Counters = Counters with { Open = Counters.Open - 1, Ran = Counters.Ran + 1 },
        };
    }

    // One instant that lies in the past is late, not unheard of: its policy decides about it. But whoever goes back to an earlier
    // definition does not ask for its instant again.
    private static DateTimeOffset FirstSettled(ScheduleDefinition definition, DateTimeOffset now, DateTimeOffset? lastOnce) =>
        definition.Trigger is OnceTrigger { Instant: var instant } && instant <= now && !(instant <= lastOnce) ? instant - TimeSpan.FromTicks(1) : now;
}
