using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Clocks;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.History;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>The shell around <see cref="ScheduleFold"/>: decides, appends, starts what became due, and tells the clock.</summary>
internal class ScheduleActor : Actor, ISchedule
{
    private const int RunsMax = 200;
    private const int ToldAtOnceMax = 100;

    // How long others wait to be told of a run that is under way: most are over sooner, and then there is less to tell.
    private static readonly TimeSpan TellingWaits = TimeSpan.FromSeconds(1);

    // What the clock must know sooner than this is told at once.
    private static readonly TimeSpan SoonDue = TimeSpan.FromSeconds(10);

    private readonly ScheduleId _id;
    private readonly HandlerCatalog _handlers;
    private readonly ClockGate _gate;
    private readonly ILogger _logger;
    private readonly ScheduleFold _state;
    private readonly Journal<ScheduleFold, ScheduleEntry> _journal;
    private readonly Announcer _announcer;
    private readonly OpenRuns _open;
    // Set when there is more to tell than what a telling waits with.
    private Signal _news = new();

    /// <param name="context">The activation.</param>
    /// <param name="handlers">What it may run.</param>
    /// <param name="gate">While it is closed nothing that was queued earlier is started.</param>
    /// <param name="process">Names the process, for leases; no two starts share it.</param>
    /// <param name="logger">Where it is said.</param>
    /// <param name="journal">Limits of its journal; null for the defaults.</param>
    /// <param name="evaluator">Who tells when standard cron expressions are due; null for <see cref="CronExpression"/>.</param>
    public ScheduleActor(
        IActorContext context,
        HandlerCatalog handlers,
        ClockGate gate,
        string process,
        ILogger logger,
        JournalOptions? journal = null,
        ICronEvaluator? evaluator = null)
        : base(context)
    {
        _id = ScheduleId.Parse(context.Key);
        _handlers = handlers;
        _gate = gate;
        _logger = logger;
        _state = new ScheduleFold(_id, evaluator);
        _journal = new Journal<ScheduleFold, ScheduleEntry>(
            context, _state, new ScheduleEntryCodec(), state => state.IsAnnouncementOwed, journal);
        _announcer = new Announcer(context, () => _state.IsAnnouncementOwed, AnnounceAsync, logger);
        _open = new OpenRuns(context, new TargetRunner(context, handlers), process, _journal, Tell, logger);
    }

    public override bool IsIdle => _open.IsEmpty && !_journal.IsWriting && !_state.IsAnnouncementOwed;

    /// <inheritdoc/>
    public override async Task ActivateAsync(CancellationToken cancellation)
    {
        await _journal.LoadAsync(cancellation);
        foreach (ScheduleRun run in _state.Facts?.Open ?? [])
        {
            if (run.Status == RunStatus.Queued)
            {
                continue;
            }

            // A run lives no longer than the activation that started it: nobody else could tell how it ends.
            var error = new RunError("host_lost", "The process or activation that ran it ended first.");
            ScheduleLog.RunLost(_logger, run.Run);
            _open.ReleaseLost(run.Run, _journal.AppendAsync(new ScheduleEntry.Ended(run.Run, RunStatus.HostLost, Now, null, 0, error, false)));
        }

        await _journal.DurableAsync();
        LaunchQueued(Task.CompletedTask);
        _announcer.Start();
    }

    /// <inheritdoc/>
    public override Task WakeAsync(CancellationToken cancellation)
    {
        _announcer.Start();
        return _journal.Wakeups.AnswerAsync(() => _state.IsAnnouncementOwed);
    }

    /// <inheritdoc/>
    public override async Task DeactivateAsync(CancellationToken cancellation)
    {
        await _open.StopAsync(cancellation);
        await _journal.FlushAsync(cancellation);
    }

    /// <inheritdoc/>
    public Task CheckAsync(ScheduleDefinition definition, CancellationToken cancellation)
    {
        DefinitionRules.Check(definition, _id, _handlers, Now);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ScheduleDetail> CreateAsync(ScheduleDefinition definition, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, async () =>
    {
        DefinitionRules.Check(definition, _id, _handlers, Now);
        if (_state.Facts is { } facts)
        {
            return DefinitionRules.IsSame(facts.Definition, definition)
                ? await ShowAsync(_state.Detail())
                : throw new SchedulerException(ErrorCodes.AlreadyExists, $"The schedule '{_id}' exists with another definition.");
        }

        // Randomness alone can repeat in the next activation; no two lives have the same number of changes before them.
        uint life = (uint)Context.Random.Next() ^ unchecked((uint)_state.Dues.Membership * 2654435769u);
        string incarnation = life.ToString("x8", CultureInfo.InvariantCulture);
        return await ChangeAsync(new ScheduleEntry.Created(definition, incarnation, Now, _state.EvaluatorOf(definition)));
    });

    /// <inheritdoc/>
    public Task<ScheduleDetail> UpdateAsync(ScheduleDefinition definition, long? revision, string who, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, () =>
    {
        CheckText("who", who, 200);
        ScheduleFacts facts = _state.Existing;
        if (revision is { } expected && expected != facts.Revision)
        {
            throw new SchedulerException(ErrorCodes.RevisionConflict, $"The schedule '{_id}' has revision {facts.Revision}, not {expected}.")
                .With("revision", facts.Revision.ToString(CultureInfo.InvariantCulture));
        }

        DateTimeOffset now = Now;
        DefinitionRules.Check(definition, _id, _handlers, now);
        string? evaluator = _state.EvaluatorOf(definition);
        return DefinitionRules.IsSame(facts.Definition, definition) && facts.Evaluator == evaluator
            ? ShowAsync(_state.Detail())
            : SettleThenAsync(now, new ScheduleEntry.Updated(definition, who, now, evaluator));
    });

    /// <inheritdoc/>
    public Task<ScheduleDetail> GetAsync(CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, () => ShowAsync(_state.Detail()));

    /// <inheritdoc/>
    public Task<ScheduleRun> ExecuteAsync(string request, string who, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, async () =>
    {
        CheckText("request", request, 100);
        CheckText("who", who, 200);
        ScheduleFacts facts = _state.Existing;
        if (facts.Requests.TryGetValue(request, out RunId known))
        {
            return await ShowAsync(Kept(known));
        }

        ThrowIfCompleted(facts);
        _state.ThrowIfHistoryIsBehind();
        if (facts.Open.Count >= facts.OpenAllowed)
        {
            RunId open = facts.Open[0].Run;
            throw new SchedulerException(ErrorCodes.RunOpen, $"The run {open} is open, and the policy allows {facts.OpenAllowed}.").With("run", open.ToString());
        }

        Task durable = _journal.AppendAsync(new ScheduleEntry.Requested(request, who, Now));
        ScheduleRun run = _state.Existing.Open[^1];
        _open.Launch(run, facts.Definition, durable);
        await durable;
        _announcer.Start();
        return run;
    });

    /// <inheritdoc/>
    public Task<ScheduleDetail> PauseAsync(string who, string reason, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, () =>
    {
        CheckText("who", who, 200);
        CheckText("reason", reason, 500);
        ScheduleFacts facts = _state.Existing;
        ThrowIfCompleted(facts);
        DateTimeOffset now = Now;
        return facts.State == ScheduleState.Paused
            ? ShowAsync(_state.Detail())
            : SettleThenAsync(now, new ScheduleEntry.Paused(who, reason, now));
    });

    /// <inheritdoc/>
    public Task<ScheduleDetail> ResumeAsync(string who, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, () =>
    {
        CheckText("who", who, 200);
        ScheduleFacts facts = _state.Existing;
        ThrowIfCompleted(facts);
        return facts.State == ScheduleState.Active ? ShowAsync(_state.Detail()) : ChangeAsync(new ScheduleEntry.Resumed(who, Now));
    });

    /// <inheritdoc/>
    public async Task DeleteAsync(string who, CancellationToken cancellation)
    {
        CheckText("who", who, 200);
        if (_state.Facts is null)
        {
            await _journal.DurableAsync();
            return;
        }

        foreach (ScheduleRun run in _state.Existing.Open)
        {
            _open.Abort(run.Run);
        }

        await _journal.AppendAsync(new ScheduleEntry.Deleted(who, Now));
        Tell();
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ScheduleRun>> ListRunsAsync(int limit, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, () =>
    {
        CheckRange("limit", limit, 1, RunsMax);
        ScheduleFacts facts = _state.Existing;
        ImmutableArray<ScheduleRun> runs = [.. facts.Open.Reverse().Concat(facts.Ended).Take(limit)];
        return ShowAsync(runs);
    });

    /// <inheritdoc/>
    public Task<ScheduleRun> GetRunAsync(RunId run, CancellationToken cancellation) => DecideAsync(_journal.DurableAsync, () => ShowAsync(Kept(run)));

    /// <inheritdoc/>
    public async Task<Attention> AttendAsync(long attention, DeploymentStart? start, CancellationToken cancellation)
    {
        // Clocks on hold call nobody, so what a clock calls may run: on a cluster others may fire while this process is held.
        Launch(_journal.DurableAsync());
        if (_state.Attend(attention, start, Now) is { } settled)
        {
            Launch(_journal.AppendAsync(settled));
        }

        // What the clock is told now need not be announced, once it is durable.
        Attention answer = _state.Attention;
        await _journal.DurableAsync();
        ScheduleLog.Attended(_logger, _id, attention);
        return answer;
    }

    // What became due, or an earlier activation left in the queue. On hold it stays there until a clock calls.
    private void LaunchQueued(Task durable)
    {
        if (_gate.IsOpen)
        {
            Launch(durable);
        }
    }

    private void Launch(Task durable)
    {
        if (_state.Facts is not { } facts)
        {
            return;
        }

        foreach (ScheduleRun run in facts.Open.Where(run => run.Status == RunStatus.Queued && !_open.Knows(run.Run)))
        {
            _open.Launch(run, facts.Definition, durable);
        }
    }

    private static void ThrowIfCompleted(ScheduleFacts facts)
    {
        if (facts.State == ScheduleState.Completed)
        {
            throw new SchedulerException(ErrorCodes.ScheduleCompleted, "The schedule has completed; it fires no more.");
        }
    }

    // Every instant up to now gets its fate under the old rule before the rule changes.
    private Task<ScheduleDetail> SettleThenAsync(DateTimeOffset now, ScheduleEntry change)
    {
        if (_state.Settle(now) is { } settled)
        {
            Append(settled);
            if (_state.Settle(now) is not null)
            {
                throw new OverloadedException($"'{_id}' still counts what it missed, up to {_state.Existing.SettledUpTo:O}; repeat the request.");
            }
        }

        if (change is ScheduleEntry.Paused)
        {
            // What was due until now may have been the last that it had.
            ThrowIfCompleted(_state.Existing);
        }

        return ChangeAsync(change);
    }

    private void Append(ScheduleEntry.Settled settled)
    {
        Task durable = _journal.AppendAsync(settled);
        LaunchQueued(durable);
    }

    private async Task<ScheduleDetail> ChangeAsync(ScheduleEntry change)
    {
        _ = _journal.AppendAsync(change);
        StartWhatIsDue();
        ScheduleDetail detail = _state.Detail();
        await _journal.DurableAsync();
        Tell();
        return detail;
    }

    // What is due as soon as it is defined need not wait for the clock, unless the clocks are held.
    private void StartWhatIsDue()
    {
        if (_gate.IsOpen && _state.Owed.Count < ScheduleFold.OwedMax && _state.Settle(Now) is { } settled)
        {
            Append(settled);
        }
    }

    private async Task<T> ShowAsync<T>(T answer)
    {
        await _journal.DurableAsync();
        return answer;
    }

    private ScheduleRun Kept(RunId run) =>
        _state.Find(run) ?? throw new SchedulerException(
            ErrorCodes.NotFound, $"The schedule '{_id}' keeps no run '{run}'; it keeps the last {ScheduleFacts.EndedKept}, the history has more.");

    private void Tell()
    {
        _news.Set();
        _announcer.Start();
    }

    private async Task AnnounceAsync()
    {
        // What is told must be what is stored.
        long membership = _state.Dues.Membership;
        var member = new CatalogMember(MemberKind.Schedule, _id.Name, membership, _state.Facts is not null);
        await _journal.DurableAsync();
        if (_state.Dues.MembershipHeard < membership)
        {
            await Context.Directory.Get<ICatalog>(_id.Owner).AnnounceAsync(member, Context.Stopping);
            ScheduleLog.CatalogTold(_logger, membership, _id);
        }

        if (_state is { Facts.Open.IsEmpty: false, Owed.IsEmpty: true } && _state.KnownDue - Now > SoonDue)
        {
            _news = new Signal();
            await _news.WaitAsync(Context, TellingWaits, CancellationToken.None);
        }

        Attention attention = _state.Attention;
        ScheduleDues dues = _state.Dues;
        bool needsClock = _state.IsClockNeeded;
        ScheduleRun[] ended = [.. _state.Owed.Take(ToldAtOnceMax)];
        await _journal.DurableAsync();
        if (dues.AttentionHeard < attention.Number && needsClock)
        {
            await Context.Directory.Get<IClock>(ClockShard.KeyOf(_id)).AnnounceAsync(_id, attention, Context.Stopping);
        }

        foreach (IGrouping<DateOnly, ScheduleRun> day in ended.GroupBy(run => DateOnly.FromDateTime(run.EndedAt!.Value.UtcDateTime)))
        {
            await Context.Directory.Get<IHistory>(HistoryShard.KeyOf(_id, day.Key)).RecordAsync([.. day], Context.Stopping);
        }

        await _journal.AppendAsync(new ScheduleEntry.Heard(attention.Number, membership, dues.EndedHeard + ended.Length));
        ScheduleLog.ClockTold(_logger, attention.Number, _id);
        if (ended.Length > 0)
        {
            ScheduleLog.HistoryTold(_logger, dues.EndedHeard + ended.Length, _id);
        }
    }
}
