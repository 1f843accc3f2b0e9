using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>What is known of a schedule that exists.</summary>
/// <param name="Definition">When it runs, and what.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Incarnation">Its life.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ChangedBy">Who changed its state last.</param>
/// <param name="Reason">Why it stands there.</param>
/// <param name="SettledUpTo">Every nominal instant up to it has its fate.</param>
/// <param name="Occurrences">How many occurrences became runs.</param>
/// <param name="Counters">The fate of all occurrences.</param>
/// <param name="Runs">Newest first; at most 200.</param>
/// <param name="Requests">Which request made which run; as many as there are runs.</param>
internal sealed record ScheduleFacts(
    ScheduleDefinition Definition,
    ScheduleState State,
    string Incarnation,
    DateTimeOffset CreatedAt,
    string? ChangedBy,
    string? Reason,
    DateTimeOffset SettledUpTo,
    long Occurrences,
    ScheduleCounters Counters,
    ImmutableList<ScheduleRun> Runs,
    ImmutableDictionary<string, RunId> Requests)
{
    public static ScheduleFacts New(ScheduleEntry.Created created) => new(
        created.Definition,
        ScheduleState.Active,
        created.Incarnation,
        created.At,
        null,
        null,
        created.At,
        0,
        new ScheduleCounters(0, 0, 0, 0, 0),
        [],
        ImmutableDictionary<string, RunId>.Empty);

    /// <summary>Every instant up to another one has its fate. A wall clock that went backwards takes no fate back.</summary>
    public ScheduleFacts UpTo(DateTimeOffset instant) => instant > SettledUpTo ? this with { SettledUpTo = instant } : this;

    public ScheduleFacts With(ScheduleEntry.Settled settled) => UpTo(settled.UpTo) with
    {
        Counters = Counters with
        {
            Due = Counters.Due + settled.Missed + settled.Overlapped,
            SkippedMissed = Counters.SkippedMissed + settled.Missed,
            SkippedOverlap = Counters.SkippedOverlap + settled.Overlapped,
        },
    };

    public ScheduleFacts Start(ScheduleRun run, string? request)
    {
        ImmutableList<ScheduleRun> runs = Runs.Insert(0, run);
        ImmutableDictionary<string, RunId> requests = request is null ? Requests : Requests.SetItem(request, run.Run);
        if (runs.Count > ScheduleFold.RunsKept)
        {
            RunId oldest = runs[^1].Run;
            runs = runs.RemoveAt(runs.Count - 1);
            requests = requests.RemoveRange(requests.Where(pair => pair.Value == oldest).Select(pair => pair.Key));
        }

        return this with
        {
            Occurrences = run.Run.Number,
            Runs = runs,
            Requests = requests,
            Counters = Counters with { Due = Counters.Due + 1, Open = Counters.Open + 1 },
        };
    }

    public ScheduleFacts With(ScheduleEntry.Ended ended)
    {
        int index = Runs.FindIndex(run => run.Run == ended.Run && run.Status == RunStatus.Running);
        if (index < 0)
        {
            return this;
        }

        ScheduleRun run = Runs[index] with
        {
            Status = ended.Status, EndedAt = ended.At, Commit = ended.Commit, Turns = ended.Turns, Error = ended.Error,
        };
        ScheduleFacts facts = this with
        {
            Runs = Runs.SetItem(index, run),
            Counters = Counters with { Open = Counters.Open - 1, Ran = Counters.Ran + 1 },
        };
        return ended.Completes
            ? facts with { State = ScheduleState.Completed, ChangedBy = $"run {ended.Run}", Reason = "A run completed the schedule." }
            : facts;
    }
}
