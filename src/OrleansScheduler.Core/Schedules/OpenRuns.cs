using Microsoft.Extensions.Logging;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>Takes the open runs of one activation from the queue through a slot to their end.</summary>
/// <param name="context">The activation.</param>
/// <param name="runner">Runs the target.</param>
/// <param name="process">The process that runs it, for the lease.</param>
/// <param name="journal">The journal of the schedule.</param>
/// <param name="onEnded">Told when a run ended.</param>
/// <param name="logger">Where it is said.</param>
internal sealed class OpenRuns(
    IActorContext context,
    TargetRunner runner,
    string process,
    Journal<ScheduleFold, ScheduleEntry> journal,
    Action onEnded,
    ILogger logger)
{
    private static readonly TimeSpan PollMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan DelayMax = TimeSpan.FromMinutes(10);

    private readonly Dictionary<RunId, OpenRun> _open = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly DateTimeOffset _since = context.Time.GetUtcNow();
    private bool _stopping;

    public bool IsEmpty => _open.Count == 0;

    /// <summary>Whether this activation takes care of a run already.</summary>
    public bool Knows(RunId run) => _open.ContainsKey(run);

    /// <summary>Takes care of a run from here on.</summary>
    /// <param name="run">A queued run.</param>
    /// <param name="definition">What it runs.</param>
    /// <param name="durable">Completes when the run is stored; nothing is asked for before.</param>
    public void Launch(ScheduleRun run, ScheduleDefinition definition, Task durable)
    {
        var abort = new CancellationTokenSource();
        Task ended = RunAsync(definition, run, journal.Position, durable, abort);
        if (!ended.IsCompleted)
        {
            _open[run.Run] = new OpenRun(abort, ended);
        }
    }

    /// <summary>Gives back the slot of a run of an earlier activation, once its end is stored.</summary>
    public void ReleaseLost(RunId run, Task ended) => _ = ReleaseLostAsync(run, ended);

    /// <summary>Asks a run to stop; nothing happens when it is not under way here.</summary>
    public void Abort(RunId run)
    {
        if (_open.TryGetValue(run, out OpenRun? open))
        {
            _ = CancelAsync([open.Abort]);
        }
    }

    /// <summary>Asks all runs to stop, and waits for their ends. Those that have no slot yet stay queued for the next activation.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        OpenRun[] open = [.. _open.Values];
        _stopping = true;
        await CancelAsync([_stop, .. open.Select(run => run.Abort)]);
        await Task.WhenAll(open.Select(run => run.Ended)).WaitAsync(cancellation);
    }

    // A handler's own callbacks are foreign code, which must not run in a turn; CancellationTokenSource.CancelAsync would take them
    // to the thread pool, where no simulation has a say.
    private Task<bool> CancelAsync(CancellationTokenSource[] sources) => context.RunOutside(_ =>
    {
        foreach (CancellationTokenSource source in sources)
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The run has ended meanwhile.
            }
        }

        return Task.FromResult(true);
    });

    private sealed record OpenRun(CancellationTokenSource Abort, Task Ended);

    // No handler starts before its run and its slot are stored. What it brings back is a new entry, decided against the state of then.
    private async Task RunAsync(ScheduleDefinition definition, ScheduleRun run, long position, Task durable, CancellationTokenSource abort)
    {
        IGovernor governor = context.Directory.Get<IGovernor>(IGovernor.Key);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(abort.Token, context.Stopping);
        bool asked = false;
        bool claimed = false;
        try
        {
            await durable;
            ScheduleLog.RunQueued(logger, run.Run);
            await WaitUntilAsync(run.NotBefore, over.Token);
            asked = true;
            var (lease, askedAt) = await AcquireAsync(governor, definition, run, position, over.Token);
            await journal.AppendAsync(new ScheduleEntry.Claimed(run.Run, context.Time.GetUtcNow()));
            claimed = true;
            await EndAsync(run.Run, await RunAsync(definition, run, lease, askedAt, abort.Token));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It was still waiting. A deleted schedule has ended it; for one that only moves, or failed, the next activation waits.
            if (!_stopping && !context.Stopping.IsCancellationRequested)
            {
                await TryEndAsync(run.Run, new RunError("aborted", "It was asked to stop while it waited for a slot."));
            }
        }
        catch (SchedulerException fault) when (fault.Code == ErrorCodes.QueueFull)
        {
            await TryEndAsync(run.Run, new RunError(fault.Code, fault.Message), RunStatus.Failed);
        }
        catch (SchedulerException fault)
        {
            // The activation is over; the next one finds the run and goes on with it, or ends it as lost.
            ScheduleLog.RunAbandoned(logger, run.Run, fault.Message);
        }
        catch (Exception fault)
        {
            // Nobody foresaw it, and nobody else ends the run: the next activation does.
            ScheduleLog.RunAbandoned(logger, run.Run, fault.Message);
            context.Deactivate(fault);
        }

        onEnded();

        // The next activation in this process may already ask for the slot of a run that was not claimed: it is not ours to give back
        // then. One in another process takes it over.
        if (asked && (claimed || !context.Stopping.IsCancellationRequested))
        {
            await ReleaseAsync(governor, run.Run, process);
        }

        _open.Remove(run.Run);
        abort.Dispose();
    }

    // Storing the claim may have taken long, or the clock was set: what runs has to be over before its slot is taken back. A wall
    // clock that was set back hides time that has passed; what was measured since the slot was asked for does not.
    private async Task<TargetOutcome> RunAsync(ScheduleDefinition definition, ScheduleRun run, Lease lease, long askedAt, CancellationToken abort)
    {
        TimeSpan shown = lease.ExpiresAt - context.Time.GetUtcNow();
        TimeSpan measured = lease.ExpiresAt - lease.GrantedAt - context.Time.GetElapsedTime(askedAt);
        TimeSpan left = (shown < measured ? shown : measured) - RegisteredHandler.GraceMax;
        TimeSpan limit = left < definition.EffectiveMaxRunDuration ? left : definition.EffectiveMaxRunDuration;
        return limit > TimeSpan.Zero
            ? await runner.RunAsync(definition, run, limit, abort)
            : new TargetOutcome(RunStatus.LeaseExpired, null, 0, new RunError("lease_expired", "Its slot was nearly over before it could start."), false, null);
    }

    private async Task ReleaseLostAsync(RunId run, Task ended)
    {
        try
        {
            await ended;
        }
        catch (SchedulerException fault)
        {
            ScheduleLog.RunAbandoned(logger, run, fault.Message);
            return;
        }

        await ReleaseAsync(context.Directory.Get<IGovernor>(IGovernor.Key), run, null);
    }

    private async Task WaitUntilAsync(DateTimeOffset? notBefore, CancellationToken abort)
    {
        TimeSpan pause;
        while ((pause = (notBefore ?? DateTimeOffset.MinValue) - context.Time.GetUtcNow()) > TimeSpan.Zero)
        {
            // Delays are whole milliseconds, and a wall clock may be set.
            TimeSpan delay = TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds));
            await Task.Delay(delay < DelayMax ? delay : DelayMax, context.Time, abort);
        }
    }

    // With the lease comes a moment at which it surely was not granted yet. Whose answer was lost may have been granted before.
    private async Task<(Lease Lease, long AskedAt)> AcquireAsync(
        IGovernor governor, ScheduleDefinition definition, ScheduleRun run, long position, CancellationToken abort)
    {
        DateTimeOffset since = run.NotBefore > run.QueuedAt ? run.NotBefore.Value : run.QueuedAt;
        var request = new SlotRequest(run.Run, definition.Group, since, definition.EffectiveMaxRunDuration, process, position, _since);
        long askedAt = 0;
        bool isUnanswered = false;
        for (int failures = 0; ;)
        {
            abort.ThrowIfCancellationRequested();
            try
            {
                askedAt = isUnanswered ? askedAt : context.Time.GetTimestamp();
                isUnanswered = true;
                switch (await governor.AcquireAsync(request, PollMax, abort))
                {
                    case Admission.Granted { Lease: var lease }:
                        abort.ThrowIfCancellationRequested();
                        return (lease, askedAt);
                    case Admission.Refused { Reason: Admission.Refused.Superseded }:
                        // Another activation cares for the run. If it is gone, its slot is taken back, and this one is next.
                        isUnanswered = false;
                        await Task.Delay(PauseAfter(failures++), context.Time, abort);
                        break;
                    case Admission.Refused { Reason: var reason }:
                        throw new SchedulerException(ErrorCodes.QueueFull, $"The governor refused {run.Run}: {reason}.");
                    default:
                        isUnanswered = false;
                        failures = 0;
                        break;
                }
            }
            catch (SchedulerException fault) when (fault.IsTransient && !context.Stopping.IsCancellationRequested)
            {
                await Task.Delay(PauseAfter(failures++), context.Time, abort);
            }
        }
    }

    // A lease may last for days, so a release that failed is repeated. What a stop leaves ends with its process or its lease.
    private async Task ReleaseAsync(IGovernor governor, RunId run, string? holder)
    {
        for (int failures = 0; ; failures++)
        {
            try
            {
                await governor.ReleaseAsync(run, holder, CancellationToken.None);
                return;
            }
            catch (Exception fault)
            {
                ScheduleLog.SlotNotReleased(logger, run, fault.Message);
                if (fault is not SchedulerException { IsTransient: true } || _stop.IsCancellationRequested || context.Stopping.IsCancellationRequested)
                {
                    return;
                }
            }

            try
            {
                await Task.Delay(PauseAfter(failures), context.Time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Whoever is asked to stop pauses no longer; the next try is the last then.
            }
        }
    }

    private static TimeSpan PauseAfter(int failures) => TimeSpan.FromSeconds(Math.Min(0.1 * Math.Pow(2, failures), PauseMax.TotalSeconds));

    private async Task EndAsync(RunId run, TargetOutcome outcome)
    {
        await journal.AppendAsync(new ScheduleEntry.Ended(
            run,
            outcome.Status,
            context.Time.GetUtcNow(),
            outcome.Commit,
            outcome.Turns,
            outcome.Error,
            outcome.Completes && outcome.Status == RunStatus.Completed,
            string.IsNullOrEmpty(outcome.Log) ? null : outcome.Log));
        ScheduleLog.RunEnded(logger, run, outcome.Status, outcome.Error?.Message);
    }

    private async Task TryEndAsync(RunId run, RunError error, RunStatus status = RunStatus.Aborted)
    {
        try
        {
            await EndAsync(run, new TargetOutcome(status, null, 0, error, false, null));
        }
        catch (SchedulerException fault)
        {
            ScheduleLog.RunAbandoned(logger, run, fault.Message);
        }
    }
}
