using OrleansScheduler.Actions;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>
/// The books of one schedule: from its definitions and edits it computes every instant that is due, and holds each entry that
/// settles some against them: due = open + ran + skipped, and no instant twice.
/// </summary>
internal sealed class ScheduleAccount(World world, string key)
{
    private readonly ScheduleId _id = ScheduleId.Parse(key);
    private readonly HashSet<string> _incarnations = [];
    private readonly HashSet<DateTimeOffset> _started = [];
    private readonly HashSet<string> _starts = [];
    private DateTimeOffset _createdAt;
    private readonly List<RunId> _ended = [];
    private long _fired;
    private bool _isExhausted;
    private NominalInstants? _instants;
    private DateTimeOffset? _lastOnce;

    // Why a run may fail whose handler was not called, or has not ended.
    private static readonly HashSet<string> HandlerFree = [ErrorCodes.UnknownHandler, ErrorCodes.HandlerRefused, ErrorCodes.QueueFull];

    /// <summary>The shortest time that any of its definitions gave a run.</summary>
    public TimeSpan ShortestLimit { get; private set; } = TimeSpan.MaxValue;

    /// <summary>How often it was created and deleted.</summary>
    public long Membership { get; private set; }

    /// <summary>The present definition; null while the schedule does not exist.</summary>
    public ScheduleDefinition? Definition { get; private set; }

    public string Incarnation { get; private set; } = "";

    public long Revision { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>A run has ended the schedule.</summary>
    public bool IsOver { get; private set; }

    public DateTimeOffset UpTo { get; private set; }

    public string? SinceStart { get; private set; }

    public long Due { get; private set; }

    public long SkippedOverlap { get; private set; }

    public long SkippedMissed { get; private set; }

    public long Ran { get; private set; }

    public long Occurrences { get; private set; }

    public List<RunAccount> Open { get; } = [];

    /// <summary>Which request made which run last, in the present life.</summary>
    public Dictionary<string, RunId> Requests { get; } = new(StringComparer.Ordinal);

    private bool IsActive => !IsPaused && !IsOver;

    private long FiringsLeft => Definition!.MaxFirings is { } most ? most - _fired : long.MaxValue;

    /// <summary>Whether it had a life of that name.</summary>
    public bool Knew(string incarnation) => _incarnations.Contains(incarnation);

    /// <summary>What is due up to an instant and has no fate yet.</summary>
    public List<DateTimeOffset> Unsettled(DateTimeOffset upTo) => Definition is null || !IsActive || FiringsLeft <= 0
        ? []
        : _instants!.Between(UpTo, upTo);

    /// <summary>What it has to be shown as.</summary>
    public ScheduleState State => IsOver || _isExhausted ? ScheduleState.Completed : IsPaused ? ScheduleState.Paused : ScheduleState.Active;

    /// <summary>When it is due next; null while it is not, or waits for a start.</summary>
    public DateTimeOffset? NextInstant => State != ScheduleState.Active || FiringsLeft <= 0 ? null : _instants!.First(UpTo);

    /// <summary>How many entries it has.</summary>
    public long Entries { get; private set; }

    /// <summary>How many of its runs may be open.</summary>
    public int OpenAllowed => Definition?.EffectiveOverlap == OverlapPolicy.Allow ? ScheduleFacts.OpenMax : 1;

    /// <summary>What is looked at after every entry.</summary>
    public List<Moment> Moments { get; } = [];

    /// <summary>The sessions under which a run may have committed: that of runs one after the other, and its own of runs side by side.</summary>
    public string[] SessionsOf(RunId run) => [$"schedule {key}.{run.Incarnation}", $"schedule {key}.{run.Incarnation}/{run.Number % 16}"];

    public void Apply(ScheduleEntry entry)
    {
        Entries++;
        ApplyEntry(entry);
        NoteExhaustion();
        Moments.ForEach(moment => moment.Look(this));
    }

    // It completes with the last run that it could have, and stays so until its definition changes.
    private void NoteExhaustion() => _isExhausted |= Definition is not null && !IsPaused && Open.Count == 0
        && (FiringsLeft <= 0 || (Definition.Trigger is StartTrigger ? UpTo >= Definition.EndAt : _instants!.First(UpTo) is null));

    private void ApplyEntry(ScheduleEntry entry)
    {
        if (Definition is null && entry is not (ScheduleEntry.Created or ScheduleEntry.Heard or ScheduleEntry.Claimed or ScheduleEntry.Ended))
        {
            Fail("life", $"{entry.GetType().Name} of a schedule that does not exist.");
            return;
        }

        switch (entry)
        {
            case ScheduleEntry.Created created:
                Create(created);
                break;
            case ScheduleEntry.Updated updated:
                Update(updated);
                break;
            case ScheduleEntry.Settled settled:
                Settle(settled);
                break;
            case ScheduleEntry.Requested requested:
                Request(requested);
                break;
            case ScheduleEntry.Claimed claimed:
                Claim(claimed);
                break;
            case ScheduleEntry.Ended ended:
                End(ended);
                break;
            case ScheduleEntry.Paused paused:
                CheckSettledBefore("paused", paused.At);
                IsPaused = true;
                break;
            case ScheduleEntry.Resumed resumed:
                (IsPaused, UpTo, SinceStart) = (false, Later(resumed.At), null);
                break;
            case ScheduleEntry.Deleted deleted:
                Delete(deleted);
                break;
        }
    }

    /// <summary>The product's own numbers are the same.</summary>
    public void Check(ScheduleDetail detail)
    {
        var expected = new ScheduleCounters(Due, Open.Count, Ran, SkippedOverlap, SkippedMissed);
        if (detail.Counters != expected || detail.Revision != Revision || detail.Incarnation != Incarnation)
        {
            Fail("accounting", $"It counts {detail.Counters} in revision {detail.Revision}, the books say {expected} in {Revision}.");
        }
        else if (detail.State != State || detail.NextInstant != NextInstant || !detail.Definition.SaysTheSame(Definition!))
        {
            Fail("shown", $"It is {detail.State}, next at {detail.NextInstant:O}, {detail.Definition}; the books say {State}, {NextInstant:O}, {Definition}.");
        }
    }

    private void Create(ScheduleEntry.Created created)
    {
        if (Definition is not null || !_incarnations.Add(created.Incarnation))
        {
            Fail("life", $"It was created as {created.Incarnation}, which it {(Definition is null ? "was before" : "is")}.");
        }

        Membership++;
        NoteLimit(created.Definition);
        (Definition, Incarnation, Revision, _createdAt, _fired, _lastOnce) = (created.Definition, created.Incarnation, 1, created.At, 0, null);
        (IsPaused, IsOver, _isExhausted, SinceStart) = (created.Definition.InitialPause is not null, false, false, null);
        _instants = new NominalInstants(created.Definition, _id, created.At);
        UpTo = First(created.Definition, created.At);
        (Due, SkippedOverlap, SkippedMissed, Ran, Occurrences) = (0, 0, 0, 0, 0);
        Open.Clear();
        Requests.Clear();
        _ended.Clear();
        _started.Clear();
        _starts.Clear();
    }

    private void Update(ScheduleEntry.Updated updated)
    {
        CheckSettledBefore("changed", updated.At);
        ScheduleDefinition before = Definition!;
        UpTo = Later(updated.At);
        if (before.Trigger != updated.Definition.Trigger)
        {
            (UpTo, SinceStart) = (First(updated.Definition, UpTo), null);
        }

        _fired = before.MaxFirings == updated.Definition.MaxFirings ? _fired : 0;
        IsPaused &= State != ScheduleState.Completed;
        (Definition, IsOver, _isExhausted) = (updated.Definition, false, false);
        _instants = new NominalInstants(updated.Definition, _id, _createdAt);
        NoteLimit(updated.Definition);
        Revision++;
    }

    private void NoteLimit(ScheduleDefinition definition) =>
        ShortestLimit = definition.EffectiveMaxRunDuration < ShortestLimit ? definition.EffectiveMaxRunDuration : ShortestLimit;

    private void Settle(ScheduleEntry.Settled settled)
    {
        List<DateTimeOffset> due = Unsettled(settled.UpTo);
        long claimed = settled.Missed + settled.Overlapped + settled.Started.Length;
        if (settled.At > world.Latest || settled.UpTo > world.Latest)
        {
            Fail("early", $"At {settled.At:O} it settled up to {settled.UpTo:O}; no clock has shown more than {world.Latest:O}.");
        }

        if (Definition!.Trigger is StartTrigger)
        {
            CheckStart(settled, claimed);
        }
        else if (claimed != due.Count && !(claimed < due.Count && settled.Started.Length == FiringsLeft))
        {
            Fail("accounting", $"Between {UpTo:O} and {settled.UpTo:O} it was due {due.Count} times, but {claimed} have a fate: {settled}.");
        }
        else
        {
            CheckFates(settled, due);
        }

        foreach (DateTimeOffset instant in settled.Started)
        {
            if (!_started.Add(instant))
            {
                Fail("instant", $"{instant:O} became a run twice.");
            }

            Begin(OccurrenceOrigin.Nominal, instant);
        }

        if (Open.Count > ScheduleFacts.OpenMax || (settled.Started.Length > 0 && Open.Count > 1 && Definition.EffectiveOverlap != OverlapPolicy.Allow))
        {
            Fail("overlap", $"{Open.Count} runs are open.");
        }

        _lastOnce = Definition.Trigger is OnceTrigger once && once.Instant <= settled.UpTo && !(once.Instant < _lastOnce) ? once.Instant : _lastOnce;
        _fired += settled.Started.Length;
        Due += settled.Missed + settled.Overlapped;
        SkippedMissed += settled.Missed;
        SkippedOverlap += settled.Overlapped;
        SinceStart = settled.SinceStart ?? SinceStart;
        UpTo = Later(settled.UpTo);
    }

    // What is older than the tolerance is missed, and nothing else; what is not may only be left out for an open run.
    private void CheckFates(ScheduleEntry.Settled settled, List<DateTimeOffset> due)
    {
        List<DateTimeOffset> late = due.FindAll(instant => instant <= settled.At - Definition!.EffectiveTolerance);
        List<DateTimeOffset> lateStarted = late.FindAll(settled.Started.Contains);
        bool mayRunLate = Definition!.EffectiveMissed == MissedPolicy.RunLatest;
        if (settled.Started.Any(instant => !due.Contains(instant)) || settled.Started.Distinct().Count() != settled.Started.Length)
        {
            Fail("instant", $"It started {string.Join(", ", settled.Started)}, which is not all due.");
        }
        else if (settled.Missed != late.Count - lateStarted.Count || lateStarted.Count > (mayRunLate ? 1 : 0) || (lateStarted.Count == 1 && lateStarted[0] != late[^1]))
        {
            Fail("missed", $"{late.Count} of {due.Count} were too late, {settled.Missed} are missed and {lateStarted.Count} of them run: {settled}.");
        }
        else if (settled.Overlapped > 0 && Open.Count + settled.Started.Length < (Definition.EffectiveOverlap == OverlapPolicy.Allow ? ScheduleFacts.OpenMax : 1))
        {
            Fail("overlap", $"{settled.Overlapped} were skipped while {Open.Count} runs were open: {settled}.");
        }
    }

    // A schedule knows a request as long as it keeps its run: while that is open, and among the last that ended.
    private void Request(ScheduleEntry.Requested requested)
    {
        if (Requests.TryGetValue(requested.Request, out RunId made) && !_ended.SkipLast(ScheduleFacts.EndedKept).Contains(made))
        {
            Fail("request", $"The request {requested.Request} made a second run.");
        }

        Requests[requested.Request] = Begin(OccurrenceOrigin.Manual, requested.At).Run;
    }

    private void CheckStart(ScheduleEntry.Settled settled, long claimed)
    {
        if (claimed > 1 || (claimed == 1 && (settled.SinceStart is null || !_starts.Add(settled.SinceStart) || !IsActive)))
        {
            Fail("start", $"The start {settled.SinceStart} has more than one fate, or is none of its business: {settled}.");
        }
    }

    private void CheckSettledBefore(string what, DateTimeOffset at)
    {
        if (Unsettled(at) is { Count: > 0 } due)
        {
            Fail("accounting", $"It was {what} at {at:O}, when {due.Count} instants from {due[0]:O} on had no fate.");
        }
    }

    private RunAccount Begin(OccurrenceOrigin origin, DateTimeOffset instant)
    {
        RunId id = RunId.Of(_id, Incarnation, ++Occurrences);
        long jitter = origin == OccurrenceOrigin.Nominal ? (long)(Definition!.Jitter ?? TimeSpan.Zero).TotalMilliseconds : 0;
        TimeSpan later = TimeSpan.FromMilliseconds((long)(StableHash.Of(id.ToString(), 0) % (ulong)Math.Max(1, jitter)));
        var run = new RunAccount(id, origin, instant, instant + later);
        if (!world.Ledger.Runs.TryAdd(run.Run.ToString(), run))
        {
            Fail("run id", $"{run.Run} was a run before.");
        }

        Due++;
        Open.Add(run);
        return run;
    }

    private void Claim(ScheduleEntry.Claimed claimed)
    {
        if (world.Ledger.Runs.GetValueOrDefault(claimed.Run.ToString()) is { WasDeleted: true })
        {
            return;
        }

        if (Open.Find(run => run.Run == claimed.Run) is not { Status: RunStatus.Queued } open)
        {
            Fail("run", $"{claimed.Run} was started, but does not wait.");
            return;
        }

        open.Status = RunStatus.Running;
    }

    private void End(ScheduleEntry.Ended ended)
    {
        if (Open.Find(run => run.Run == ended.Run) is not { } open)
        {
            if (world.Ledger.Runs.GetValueOrDefault(ended.Run.ToString()) is not { WasDeleted: true })
            {
                Fail("run", $"{ended.Run} ended as {ended.Status}, but is not open.");
            }

            return;
        }

        CheckTruthful(open, ended);
        (open.Status, open.EndedAt) = (ended.Status, ended.At);
        Open.Remove(open);
        _ended.Add(open.Run);
        Ran++;
        IsOver |= ended.Completes;
    }

    // What an end says is what the handler did, and what has landed of it.
    private void CheckTruthful(RunAccount run, ScheduleEntry.Ended ended)
    {
        bool landed = SessionsOf(run.Run).Any(session => world.Ledger.Spaces.Values.Any(space => space.Has(session, run.Run.Number)));
        string? wrong = ended.Status switch
        {
            RunStatus.Completed when run.Returned == 0 => "its handler has not returned",
            RunStatus.Completed when run.Wrote && !landed => "what its handler wrote has not landed",
            RunStatus.Completed when run.Wrote != (ended.Commit is not null) => $"its commit is {ended.Commit}",
            _ when ended.Completes != (ended.Status == RunStatus.Completed && run.Completes) => $"it {(ended.Completes ? "" : "never ")}completed its schedule",
            RunStatus.Failed when ended.Error is null => "nothing is said of why",
            RunStatus.Failed when ended.Error.Code == "handler_error" && run.Threw == 0 => "its handler has not failed",
            RunStatus.Failed when run.Returned + run.Threw == 0 && !HandlerFree.Contains(ended.Error.Code) => $"its handler has not ended ({ended.Error.Code})",
            RunStatus.Timeout when run.Began == 0 => "its handler was never called",
            RunStatus.LeaseExpired when run.Began > 0 => "its handler was called",
            _ => null,
        };
        if (wrong is not null)
        {
            Fail("end", $"{run.Run} ended as {ended.Status}, and {wrong}.");
        }
    }

    private void Delete(ScheduleEntry.Deleted deleted)
    {
        foreach (RunAccount open in Open)
        {
            (open.Status, open.EndedAt, open.WasDeleted) = (RunStatus.Aborted, deleted.At, true);
        }

        Open.Clear();
        Membership++;
        Definition = null;
    }

    private DateTimeOffset Later(DateTimeOffset instant) => instant > UpTo ? instant : UpTo;

    // A single instant that has passed already is late, and not unheard of, unless one as late was settled before.
    private DateTimeOffset First(ScheduleDefinition definition, DateTimeOffset at) =>
        definition.Trigger is OnceTrigger once && once.Instant <= at && !(once.Instant <= _lastOnce) ? once.Instant.AddTicks(-1) : at;

    private void Fail(string rule, string message) => world.Fail(rule, $"{key}: {message}");
}
