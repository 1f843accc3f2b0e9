using System.Collections.Immutable;
using System.Text.Json;
using OrleansScheduler.Actions;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Schedules;

/// <summary>A schedule as the fold of its entries. What becomes of its instants is decided by <see cref="OccurrenceRules"/>.</summary>
/// <param name="id">The schedule.</param>
/// <param name="evaluator">See <see cref="OccurrenceRules"/>.</param>
internal sealed class ScheduleFold(ScheduleId id, ICronEvaluator? evaluator = null) : IJournaledState<ScheduleEntry>
{
    /// <summary>So many ended runs may wait for the history; beyond them nothing new is settled.</summary>
    public const int OwedMax = 1_000;

    /// <summary>While a run is open the schedule wants to be looked at again after this, so that a crash is noticed.</summary>
    private static readonly TimeSpan OpenAttention = TimeSpan.FromSeconds(30);

    private readonly OccurrenceRules _rules = new(id, evaluator);

    /// <summary>Everything durable about it; null while it does not exist.</summary>
    public ScheduleFacts? Facts { get; private set; }

    /// <summary>Grows with every change of mind about the next attention, through all lives of the schedule.</summary>
    public long AttentionNumber { get; private set; }

    /// <summary>When the clock is going to call, as far as it was told; it may be earlier than needed, never later.</summary>
    public DateTimeOffset? KnownDue { get; private set; }

    /// <summary>What others were told.</summary>
    public ScheduleDues Dues { get; private set; } = new(0, 0, 0, 0, 0);

    /// <summary>Ended runs that the history may not know yet, oldest first.</summary>
    public ImmutableList<ScheduleRun> Owed { get; private set; } = [];

    /// <summary>Who would tell the instants of a definition from now on, by name; null for <see cref="CronExpression"/>.</summary>
    public string? EvaluatorOf(ScheduleDefinition definition) => _rules.EvaluatorOf(definition);

    public bool IsAnnouncementOwed => Dues.AttentionHeard < AttentionNumber || Dues.MembershipHeard < Dues.Membership || !Owed.IsEmpty;

    /// <exception cref="SchedulerException"><c>not_found</c>.</exception>
    public ScheduleFacts Existing => Facts ?? throw new SchedulerException(ErrorCodes.NotFound, $"There is no schedule '{id}'.");

    /// <summary>When the schedule wants to be called next, under its newest number.</summary>
    public Attention Attention => new(
        AttentionNumber,
        KnownDue,
        Facts is { State: not ScheduleState.Completed, Definition.Trigger: StartTrigger } facts ? facts.SinceStart ?? "" : null);

    /// <summary>Whether the clock has to be told: not when it never heard of the schedule, and is not needed.</summary>
    public bool IsClockNeeded => Dues.AttentionHeard > 0 || Attention is not { Due: null, SinceStart: null };

    /// <summary>What a call of the clock does: there is always an answer with a greater number than the one that was due.</summary>
    /// <exception cref="SchedulerException"><c>overloaded</c> while the history is too far behind; the fault of a rule that
    /// cannot be read here: its instants wait for whoever can.</exception>
    public ScheduleEntry.Settled? Attend(long attention, DeploymentStart? start, DateTimeOffset now)
    {
        if (Facts is { State: ScheduleState.Active } active)
        {
            _rules.ThrowIfUnreadable(active);
        }

        if (Facts is { } facts && start is not null && _rules.Settle(facts, start, now) is { } started)
        {
            return started;
        }

        return Settle(now) ?? (attention >= AttentionNumber ? new ScheduleEntry.Settled(now, 0, 0, [], now) : null);
    }

    /// <summary>What becomes of the nominal instants up to <paramref name="now"/>; null when there are none.</summary>
    public ScheduleEntry.Settled? Settle(DateTimeOffset now)
    {
        ThrowIfHistoryIsBehind();
        return Facts is { State: ScheduleState.Active } facts ? _rules.Settle(facts, now) : null;
    }

    /// <exception cref="SchedulerException"><c>overloaded</c>.</exception>
    public void ThrowIfHistoryIsBehind()
    {
        if (Owed.Count >= OwedMax)
        {
            throw new OverloadedException($"{Owed.Count} ended runs of '{id}' wait for the history.");
        }
    }

    /// <inheritdoc/>
    public void Apply(ScheduleEntry entry)
    {
        switch (entry)
        {
            case ScheduleEntry.Created created:
                Facts = ScheduleFacts.New(created);
                Dues = Dues with { Membership = Dues.Membership + 1 };
                break;
            case ScheduleEntry.Updated updated when Facts is { } facts:
                Facts = facts.With(updated);
                break;
            case ScheduleEntry.Settled settled when Facts is { } facts:
                Facts = facts.With(settled);
                foreach (DateTimeOffset instant in settled.Started)
                {
                    Start(OccurrenceOrigin.Nominal, instant, null, null, settled.At);
                }

                break;
            case ScheduleEntry.Requested requested when Facts is not null:
                Start(OccurrenceOrigin.Manual, requested.At, requested.Who, requested.Request, requested.At);
                break;
            case ScheduleEntry.Claimed claimed when Facts is { } facts:
                Facts = facts.With(claimed);
                break;
            case ScheduleEntry.Ended ended when Facts is { } facts:
                End(facts, ended);
                break;
            case ScheduleEntry.Paused paused when Facts is { } facts:
                Facts = facts with { State = ScheduleState.Paused, ChangedBy = paused.Who, Reason = paused.Reason };
                break;
            case ScheduleEntry.Resumed resumed when Facts is { } facts:
                Facts = facts.UpTo(resumed.At) with { SinceStart = null, State = ScheduleState.Active, ChangedBy = resumed.Who, Reason = null };
                break;
            case ScheduleEntry.Deleted deleted when Facts is { } facts:
                Delete(facts, deleted);
                break;
            case ScheduleEntry.Heard heard:
                Hear(heard);
                return;
        }

        CompleteWhenNothingIsLeft();
        NoteAttention(entry);
    }

    public ScheduleDetail Detail()
    {
        ScheduleFacts facts = Existing;
        return new ScheduleDetail(
            id,
            facts.Definition,
            facts.Revision,
            facts.State,
            facts.Incarnation,
            facts.CreatedAt,
            facts.ChangedBy,
            facts.Reason,
            _rules.DescriptionOf(facts),
            facts.State == ScheduleState.Active ? _rules.NextNominal(facts) : null,
            facts.Counters,
            [.. facts.Open.Reverse()],
            facts.Open is [.., var newest] ? newest : facts.Ended.FirstOrDefault());
    }

    /// <summary>One of the runs that are open or kept; null when it is neither.</summary>
    public ScheduleRun? Find(RunId run) => Facts?.Open.Find(open => open.Run == run) ?? Facts?.Ended.Find(ended => ended.Run == run);

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content)
    {
        ScheduleSnapshot snapshot = JsonSerializer.Deserialize<ScheduleSnapshot>(content.Span, ContractJson.Options)!;
        (Facts, KnownDue, AttentionNumber) = (snapshot.Facts, snapshot.KnownDue, snapshot.AttentionNumber);
        (Dues, Owed) = (snapshot.Dues, snapshot.Owed);
    }

    /// <inheritdoc/>
    public void PagesRead()
    {
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write) => write(
        "schedule",
        JsonSerializer.SerializeToUtf8Bytes(new ScheduleSnapshot(Facts, KnownDue, AttentionNumber, Dues, Owed), ContractJson.Options));

    // The clock that asked is answered. It has to be told unasked only what is earlier than it knows; being called too early
    // costs one call, telling costs an entry here and there. What was not told yet is told as it is then.
    private void NoteAttention(ScheduleEntry entry)
    {
        DateTimeOffset? due = NextAttention();
        bool asked = entry is ScheduleEntry.Settled;
        bool earlier = due is not null && (KnownDue is null || due < KnownDue);
        bool untold = Dues.AttentionHeard < AttentionNumber && due != KnownDue;
        if (asked || earlier || untold || entry is ScheduleEntry.Created or ScheduleEntry.Updated or ScheduleEntry.Deleted)
        {
            Dues = asked && Dues.AttentionHeard == AttentionNumber ? Dues with { AttentionHeard = AttentionNumber + 1 } : Dues;
            AttentionNumber++;
            KnownDue = due;
        }
    }

    private DateTimeOffset? NextAttention()
    {
        if (Facts is not { } facts)
        {
            return null;
        }

        DateTimeOffset? nominal = facts.State == ScheduleState.Active ? _rules.NextNominal(facts) : null;

        // From the last look and not only from the start: an attention in the past would be called again at once, for ever.
        DateTimeOffset? open = facts.Open is [var oldest, ..]
            ? (facts.SettledUpTo > oldest.QueuedAt ? facts.SettledUpTo : oldest.QueuedAt) + OpenAttention
            : null;
        return nominal is null || open < nominal ? open : nominal;
    }

    private void CompleteWhenNothingIsLeft()
    {
        if (Facts is { State: ScheduleState.Active, Open.IsEmpty: true } facts && _rules.IsExhausted(facts))
        {
            Facts = facts with { State = ScheduleState.Completed, ChangedBy = null, Reason = "No occurrence is left." };
        }
    }

    private void Start(OccurrenceOrigin origin, DateTimeOffset instant, string? who, string? request, DateTimeOffset at)
    {
        ScheduleFacts facts = Facts!;
        RunId run = RunId.Of(id, facts.Incarnation, facts.Occurrences + 1);
        DateTimeOffset? notBefore = origin == OccurrenceOrigin.Nominal ? OccurrenceRules.NotBefore(facts.Definition, run, instant) : null;
        Facts = facts.Start(new ScheduleRun(run, origin, instant, who, RunStatus.Queued, at, notBefore), request);
    }

    private void End(ScheduleFacts facts, ScheduleEntry.Ended ended)
    {
        if (facts.Open.Find(run => run.Run == ended.Run) is not { } open)
        {
            return;
        }

        // Entries of the first stage know no claim: a run had started as soon as it was there.
        bool ran = ended.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Timeout;
        ScheduleRun run = open with
        {
            StartedAt = open.StartedAt ?? (ran ? open.QueuedAt : null), Status = ended.Status, EndedAt = ended.At, Commit = ended.Commit, Turns = ended.Turns, Error = ended.Error, Log = ended.Log,
        };
        facts = facts.End(run);
        Facts = ended.Completes
            ? facts with { State = ScheduleState.Completed, ChangedBy = $"run {ended.Run}", Reason = "A run completed the schedule." }
            : facts;
        Owe(run);
    }

    private void Delete(ScheduleFacts facts, ScheduleEntry.Deleted deleted)
    {
        foreach (ScheduleRun open in facts.Open)
        {
            var error = new RunError("deleted", $"The schedule was deleted by {deleted.Who}.");
            Owe(open with { Status = RunStatus.Aborted, EndedAt = deleted.At, Error = error });
        }

        Facts = null;
        Dues = Dues with { Membership = Dues.Membership + 1 };
    }

    private void Owe(ScheduleRun run)
    {
        Owed = Owed.Add(run);
        Dues = Dues with { Ended = Dues.Ended + 1 };
    }

    private void Hear(ScheduleEntry.Heard heard)
    {
        int known = (int)Math.Clamp(heard.Runs - Dues.EndedHeard, 0, Owed.Count);
        Owed = Owed.RemoveRange(0, known);
        AttentionNumber = Math.Max(AttentionNumber, heard.Attention);
        Dues = Dues with
        {
            AttentionHeard = Math.Max(Dues.AttentionHeard, heard.Attention),
            MembershipHeard = Math.Max(Dues.MembershipHeard, heard.Membership),
            EndedHeard = Dues.EndedHeard + known,
        };
    }
}
