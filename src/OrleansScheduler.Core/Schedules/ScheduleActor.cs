using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Actions;
using OrleansScheduler.Catalogs;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>The shell around <see cref="ScheduleFold"/>: decides, appends, starts what became due, and tells the clock.</summary>
internal class ScheduleActor : Actor, ISchedule
{
    private readonly ScheduleId _id;
    private readonly HandlerCatalog _handlers;
    private readonly ILogger _logger;
    private readonly ScheduleFold _state;
    private readonly Journal<ScheduleFold, ScheduleEntry> _journal;
    private readonly Announcer _announcer;
    private readonly TargetRunner _runner;
    private readonly Dictionary<RunId, OpenRun> _open = [];

    public ScheduleActor(IActorContext context, HandlerCatalog handlers, ILogger logger)
        : base(context)
    {
        _id = ScheduleId.Parse(context.Key);
        _handlers = handlers;
        _logger = logger;
        _state = new ScheduleFold(_id);
        _journal = new Journal<ScheduleFold, ScheduleEntry>(
            context, _state, new JsonEntryCodec<ScheduleEntry>(), state => state.IsAnnouncementOwed);
        _announcer = new Announcer(context, () => _state.IsAnnouncementOwed, AnnounceAsync, logger);
        _runner = new TargetRunner(context, handlers);
    }

    public override bool IsIdle => _open.Count == 0 && !_journal.IsWriting && !_state.IsAnnouncementOwed;

    /// <inheritdoc/>
    public override async Task ActivateAsync(CancellationToken cancellation)
    {
        await _journal.LoadAsync(cancellation);
        if (_state.OpenRun is { } lost)
        {
            // A run lives no longer than the activation that started it: nobody else could tell how it ends.
            var error = new RunError("host_lost", "The process or activation that ran it ended first.");
            ScheduleLog.RunLost(_logger, lost.Run);
            await _journal.AppendAsync(new ScheduleEntry.Ended(lost.Run, RunStatus.HostLost, Now, null, 0, error, false));
        }

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
        OpenRun[] open = [.. _open.Values];
        foreach (OpenRun run in open)
        {
            await run.Abort.CancelAsync();
        }

        await Task.WhenAll(open.Select(run => run.Ended)).WaitAsync(cancellation);
        await _journal.FlushAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task<ScheduleDetail> CreateAsync(ScheduleDefinition definition, CancellationToken cancellation)
    {
        DefinitionRules.Check(definition, _handlers);
        if (_state.Facts is { } facts)
        {
            return DefinitionRules.IsSame(facts.Definition, definition)
                ? await ShowAsync(_state.Detail())
                : throw new SchedulerException(ErrorCodes.AlreadyExists, $"The schedule '{_id}' exists with another definition.");
        }

        string incarnation = Context.Random.Next().ToString("x8", CultureInfo.InvariantCulture);
        return await ChangeAsync(new ScheduleEntry.Created(definition, incarnation, Now));
    }

    /// <inheritdoc/>
    public Task<ScheduleDetail> GetAsync(CancellationToken cancellation) => ShowAsync(_state.Detail());

    /// <inheritdoc/>
    public async Task<ScheduleRun> ExecuteAsync(string request, string who, CancellationToken cancellation)
    {
        CheckText("request", request, 100);
        CheckText("who", who, 200);
        ScheduleFacts facts = _state.Existing;
        if (facts.Requests.TryGetValue(request, out RunId known))
        {
            return await ShowAsync(Kept(known));
        }

        ThrowIfCompleted(facts);
        if (_state.OpenRun is { } open)
        {
            throw new SchedulerException(ErrorCodes.RunOpen, $"The run {open.Run} is under way.").With("run", open.Run.ToString());
        }

        Task durable = _journal.AppendAsync(new ScheduleEntry.Requested(request, who, Now));
        ScheduleRun run = _state.OpenRun!;
        Launch(run, durable);
        await durable;
        _announcer.Start();
        return run;
    }

    /// <inheritdoc/>
    public Task<ScheduleDetail> PauseAsync(string who, string reason, CancellationToken cancellation)
    {
        CheckText("who", who, 200);
        CheckText("reason", reason, 500);
        ScheduleFacts facts = _state.Existing;
        ThrowIfCompleted(facts);
        return facts.State == ScheduleState.Paused
            ? ShowAsync(_state.Detail())
            : SettleThenAsync(new ScheduleEntry.Paused(who, reason, Now));
    }

    /// <inheritdoc/>
    public Task<ScheduleDetail> ResumeAsync(string who, CancellationToken cancellation)
    {
        CheckText("who", who, 200);
        ScheduleFacts facts = _state.Existing;
        ThrowIfCompleted(facts);
        return facts.State == ScheduleState.Active ? ShowAsync(_state.Detail()) : ChangeAsync(new ScheduleEntry.Resumed(who, Now));
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string who, CancellationToken cancellation)
    {
        CheckText("who", who, 200);
        if (_state.Facts is null)
        {
            await _journal.DurableAsync();
            return;
        }

        if (_state.OpenRun is { } run && _open.TryGetValue(run.Run, out OpenRun? open))
        {
            _ = open.Abort.CancelAsync();
        }

        await _journal.AppendAsync(new ScheduleEntry.Deleted(who, Now));
        _announcer.Start();
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<ScheduleRun>> ListRunsAsync(int limit, CancellationToken cancellation)
    {
        CheckRange("limit", limit, 1, ScheduleFold.RunsKept);
        ImmutableArray<ScheduleRun> runs = [.. _state.Existing.Runs.Take(limit)];
        return ShowAsync(runs);
    }

    /// <inheritdoc/>
    public Task<ScheduleRun> GetRunAsync(RunId run, CancellationToken cancellation) => ShowAsync(Kept(run));

    /// <inheritdoc/>
    public async Task<Attention> AttendAsync(long attention, CancellationToken cancellation)
    {
        if (_state.Attend(attention, Now) is { } settled)
        {
            Append(settled);
        }

        // What the clock is told now need not be announced, once it is durable.
        Attention answer = _state.Attention;
        await _journal.DurableAsync();
        return answer;
    }

    private static void ThrowIfCompleted(ScheduleFacts facts)
    {
        if (facts.State == ScheduleState.Completed)
        {
            throw new SchedulerException(ErrorCodes.ScheduleCompleted, "The schedule has completed; it fires no more.");
        }
    }

    // Every instant up to now gets its fate under the old rule before the rule changes.
    private Task<ScheduleDetail> SettleThenAsync(ScheduleEntry change)
    {
        if (_state.Settle(Now) is { } settled)
        {
            Append(settled);
        }

        return ChangeAsync(change);
    }

    private void Append(ScheduleEntry.Settled settled)
    {
        Task durable = _journal.AppendAsync(settled);
        if (settled.Started is not null)
        {
            Launch(_state.OpenRun!, durable);
        }
    }

    private async Task<ScheduleDetail> ChangeAsync(ScheduleEntry change)
    {
        Task durable = _journal.AppendAsync(change);
        ScheduleDetail detail = _state.Detail();
        await durable;
        _announcer.Start();
        return detail;
    }

    private async Task<T> ShowAsync<T>(T answer)
    {
        await _journal.DurableAsync();
        return answer;
    }

    private ScheduleRun Kept(RunId run) =>
        _state.Existing.Runs.Find(kept => kept.Run == run)
        ?? throw new SchedulerException(ErrorCodes.NotFound, $"The schedule '{_id}' keeps no run '{run}'; it keeps the last {ScheduleFold.RunsKept}.");

    private void Launch(ScheduleRun run, Task durable)
    {
        var abort = new CancellationTokenSource();
        Task ended = RunAsync(_state.Existing.Definition, run, durable, abort);
        if (!ended.IsCompleted)
        {
            _open[run.Run] = new OpenRun(abort, ended);
        }
    }

    private sealed record OpenRun(CancellationTokenSource Abort, Task Ended);

    // No handler starts before its run is stored. What it brings back is a new entry, decided against the state of then.
    private async Task RunAsync(ScheduleDefinition definition, ScheduleRun run, Task durable, CancellationTokenSource abort)
    {
        try
        {
            await durable;
            TargetOutcome outcome = await _runner.RunAsync(definition, run, abort.Token);
            await _journal.AppendAsync(new ScheduleEntry.Ended(
                run.Run, outcome.Status, Now, outcome.Commit, outcome.Turns, outcome.Error, outcome.Completes && outcome.Status == RunStatus.Completed));
            ScheduleLog.RunEnded(_logger, run.Run, outcome.Status, outcome.Error?.Message);
        }
        catch (SchedulerException fault)
        {
            // The activation is over; the next one finds the run open and ends it as lost.
            ScheduleLog.RunAbandoned(_logger, run.Run, fault.Message);
        }
        finally
        {
            _open.Remove(run.Run);
            abort.Dispose();
        }

        _announcer.Start();
    }

    private async Task AnnounceAsync()
    {
        // The state that is announced must be the one that is stored.
        Attention attention = _state.Attention;
        bool exists = _state.Facts is not null;
        await _journal.DurableAsync();
        await Context.Directory.Get<ICatalog>(_id.Owner).AnnounceAsync(
            new CatalogMember(MemberKind.Schedule, _id.Name, attention.Number, exists), Context.Stopping);
        await Context.Directory.Get<IClock>(ClockShard.KeyOf(_id)).AnnounceAsync(_id, attention, Context.Stopping);
        await _journal.AppendAsync(new ScheduleEntry.Heard(attention.Number));
    }
}
