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

/// <summary>A schedule as the fold of its entries, with the decisions about it.</summary>
internal sealed class ScheduleFold(ScheduleId id) : IJournaledState<ScheduleEntry>
{
    public const int RunsKept = 200;

    /// <summary>While a run is open the schedule wants to be looked at again after this, so that a crash is noticed.</summary>
    private static readonly TimeSpan OpenAttention = TimeSpan.FromSeconds(30);

    /// <summary>Everything durable about it; null while it does not exist.</summary>
    public ScheduleFacts? Facts { get; private set; }

    /// <summary>Grows with every change of mind about the next attention, through all lives of the schedule.</summary>
    public long AttentionNumber { get; private set; }

    /// <summary>When the clock is going to call, as far as it was told; it may be earlier than needed, never later.</summary>
    public DateTimeOffset? KnownDue { get; private set; }

    /// <summary>The newest attention number that clock and catalog have heard of.</summary>
    public long HeardNumber { get; private set; }

    public bool IsAnnouncementOwed => HeardNumber < AttentionNumber;

    public ScheduleRun? OpenRun => Facts?.Runs is [{ Status: RunStatus.Running } open, ..] ? open : null;

    /// <exception cref="SchedulerException"><c>not_found</c>.</exception>
    public ScheduleFacts Existing => Facts ?? throw new SchedulerException(ErrorCodes.NotFound, $"There is no schedule '{id}'.");

    /// <summary>When the schedule wants to be called next, under its newest number.</summary>
    public Attention Attention => new(AttentionNumber, KnownDue);

    /// <summary>What a call of the clock does: there is always an answer with a greater number than the one that was due.</summary>
    public ScheduleEntry.Settled? Attend(long attention, DateTimeOffset now) =>
        Settle(now) ?? (attention >= AttentionNumber ? new ScheduleEntry.Settled(now, 0, 0, null, now) : null);

    /// <summary>What becomes of the nominal instants up to <paramref name="now"/>; null when there are none.</summary>
    public ScheduleEntry.Settled? Settle(DateTimeOffset now)
    {
        if (Facts is not { State: ScheduleState.Active } facts || Rule(facts).CountBetween(facts.SettledUpTo, now) is 0)
        {
            return null;
        }

        IntervalRule rule = Rule(facts);
        DateTimeOffset tolerated = now - facts.Definition.EffectiveTolerance;
        DateTimeOffset missedUpTo = tolerated > facts.SettledUpTo ? tolerated : facts.SettledUpTo;
        long missed = rule.CountBetween(facts.SettledUpTo, missedUpTo);
        long timely = rule.CountBetween(missedUpTo, now);
        DateTimeOffset? start = timely > 0 && OpenRun is null ? rule.NextAfter(missedUpTo) : null;
        return new ScheduleEntry.Settled(now, missed, timely - (start is null ? 0 : 1), start, now);
    }

    /// <inheritdoc/>
    public void Apply(ScheduleEntry entry)
    {
        switch (entry)
        {
            case ScheduleEntry.Created created:
                Facts = ScheduleFacts.New(created);
                break;
            case ScheduleEntry.Settled settled when Facts is { } facts:
                Facts = facts.With(settled);
                if (settled.Started is { } instant)
                {
                    Start(OccurrenceOrigin.Nominal, instant, null, null, settled.At);
                }

                break;
            case ScheduleEntry.Requested requested when Facts is not null:
                Start(OccurrenceOrigin.Manual, requested.At, requested.Who, requested.Request, requested.At);
                break;
            case ScheduleEntry.Ended ended when Facts is { } facts:
                Facts = facts.With(ended);
                break;
            case ScheduleEntry.Paused paused when Facts is { } facts:
                Facts = facts with { State = ScheduleState.Paused, ChangedBy = paused.Who, Reason = paused.Reason };
                break;
            case ScheduleEntry.Resumed resumed when Facts is { } facts:
                Facts = facts.UpTo(resumed.At) with { State = ScheduleState.Active, ChangedBy = resumed.Who, Reason = null };
                break;
            case ScheduleEntry.Deleted:
                Facts = null;
                break;
            case ScheduleEntry.Heard heard:
                HeardNumber = Math.Max(HeardNumber, heard.Number);
                return;
        }

        NoteAttention(entry);
    }

    // The clock that asked is answered. It has to be told unasked only what is earlier than it knows; being called too early
    // costs one call, telling costs an entry here and there. The catalog hears of the first and the last entry the same way.
    private void NoteAttention(ScheduleEntry entry)
    {
        DateTimeOffset? due = NextAttention();
        bool asked = entry is ScheduleEntry.Settled;
        bool earlier = due is not null && (KnownDue is null || due < KnownDue);
        if (asked || earlier || entry is ScheduleEntry.Created or ScheduleEntry.Deleted)
        {
            HeardNumber = asked && HeardNumber == AttentionNumber ? AttentionNumber + 1 : HeardNumber;
            AttentionNumber++;
            KnownDue = due;
        }
    }

    public ScheduleDetail Detail()
    {
        ScheduleFacts facts = Existing;
        DateTimeOffset? next = facts.State == ScheduleState.Active ? Rule(facts).NextAfter(facts.SettledUpTo) : null;
        return new ScheduleDetail(
            id,
            facts.Definition,
            facts.State,
            facts.Incarnation,
            facts.CreatedAt,
            facts.ChangedBy,
            facts.Reason,
            next,
            facts.Counters,
            facts.Runs.FirstOrDefault());
    }

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content)
    {
        ScheduleSnapshot snapshot = JsonSerializer.Deserialize<ScheduleSnapshot>(content.Span, ContractJson.Options)!;
        (Facts, KnownDue) = (snapshot.Facts, snapshot.KnownDue);
        (AttentionNumber, HeardNumber) = (snapshot.AttentionNumber, snapshot.HeardNumber);
    }

    /// <inheritdoc/>
    public void PagesRead()
    {
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write) => write(
        "schedule",
        JsonSerializer.SerializeToUtf8Bytes(new ScheduleSnapshot(Facts, KnownDue, AttentionNumber, HeardNumber), ContractJson.Options));

    private static IntervalRule Rule(ScheduleFacts facts) => facts.Definition.Trigger is IntervalTrigger interval
        ? IntervalRule.Of(interval, facts.CreatedAt)
        : throw new InvariantException($"No rule for the trigger {facts.Definition.Trigger.GetType().Name}.");

    private DateTimeOffset? NextAttention()
    {
        if (Facts is not { } facts)
        {
            return null;
        }

        DateTimeOffset? nominal = facts.State == ScheduleState.Active ? Rule(facts).NextAfter(facts.SettledUpTo) : null;

        // From the last look and not only from the start: an attention in the past would be called again at once, for ever.
        DateTimeOffset? open = OpenRun is { } run
            ? (facts.SettledUpTo > run.StartedAt ? facts.SettledUpTo : run.StartedAt) + OpenAttention
            : null;
        return nominal is null || open < nominal ? open : nominal;
    }

    private void Start(OccurrenceOrigin origin, DateTimeOffset instant, string? who, string? request, DateTimeOffset at)
    {
        ScheduleFacts facts = Facts!;
        long number = facts.Occurrences + 1;
        var run = new ScheduleRun(RunId.Of(id, facts.Incarnation, number), origin, instant, who, RunStatus.Running, at);
        Facts = facts.Start(run, request);
    }
}
