using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Core.Settling.Statistics;
using OrleansScheduler.Core.Storage.Background;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Core.Settling;

/// <summary>Asks the space what to run, calls the handlers, and hands their results back; until nothing is left.</summary>
/// <remarks>
/// It keeps planning while handlers run, so that a slow one holds up only what depends on it. What it forgets in a crash is
/// only what it was doing: the space still owes those runs. Statistics follow in the background.
/// </remarks>
internal class SettlerActor : Actor, ISettler
{
    private static readonly TimeSpan BriefPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPauseMax = TimeSpan.FromSeconds(30);

    private readonly SettlerOptions _options;
    private readonly HandlerRunner _runner;
    private readonly StatisticsKeeper _statistics;
    private readonly ILogger _logger;
    private readonly Dictionary<ActionId, long> _running = [];
    private readonly List<RunResult> _finished = [];
    private readonly List<Demand> _demands = [];
    private TaskCompletionSource _event = NewSignal();
    private Signal _idle = new();
    private IDisposable? _timer;
    private bool _settling;
    private bool _hinted;
    private int _failures;

    public SettlerActor(IActorContext context, HandlerCatalog handlers, BackgroundWatch watch, ILogger logger, SettlerOptions? options = null)
        : base(context)
    {
        _options = options ?? new SettlerOptions();
        _runner = new HandlerRunner(context, handlers);
        _statistics = new StatisticsKeeper(context, watch, logger);
        _logger = logger;
    }

    public override bool IsIdle => !_settling && _demands.Count == 0 && _statistics.IsSaved;

    private ISpace Space => Context.Directory.Get<ISpace>(Context.Key);

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellation) => _statistics.StopAsync();

    /// <inheritdoc/>
    public Task HintAsync(CancellationToken cancellation)
    {
        Settle();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<PullAnswer> PullAsync(ReadTarget target, TimeSpan wait, CancellationToken cancellation)
    {
        CheckWait(wait);
        if (_demands.Count >= _options.PullsMax)
        {
            throw new OverloadedException($"{_options.PullsMax} pulls of {Context.Key} are waiting.");
        }

        var demand = new Demand(target);
        _demands.Add(demand);
        Settle();
        bool settled;
        try
        {
            settled = await demand.Met.WaitAsync(Context, wait, cancellation);
        }
        finally
        {
            // Also when the caller gave up: what nobody waits for any more is not live.
            _demands.Remove(demand);
        }

        SpaceRead read = await Space.ReadAsync([target], null, cancellation);
        return new PullAnswer(settled, read.Sequence, read.Reads[0]);
    }

    /// <inheritdoc/>
    public Task<bool> WaitIdleAsync(TimeSpan wait, CancellationToken cancellation)
    {
        CheckWait(wait);
        Settle();
        return _idle.WaitAsync(Context, wait, cancellation);
    }

    /// <inheritdoc/>
    public Task<StatisticsPage> ListStatisticsAsync(string? after, int limit, CancellationToken cancellation)
    {
        CheckRange("limit", limit, 1, 1_000);
        return _statistics.ListAsync(after, limit);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Settle()
    {
        _hinted = true;
        _event.TrySetResult();
        if (!_settling)
        {
            _settling = true;
            _idle = new Signal();
            _timer?.Dispose();
            _timer = null;
            _ = SettleAsync();
        }
    }

    private async Task SettleAsync()
    {
        try
        {
            while (!Context.Stopping.IsCancellationRequested && await StepAsync())
            {
                _failures = 0;
            }
        }
        catch (Exception fault) when (fault is not InvariantException)
        {
            if (Context.Stopping.IsCancellationRequested)
            {
                return;
            }

            double seconds = Math.Min(0.1 * Math.Pow(2, _failures++), RetryPauseMax.TotalSeconds);
            if (fault is not SchedulerException { Code: ErrorCodes.Stopping })
            {
                SettlerLog.PassFailed(_logger, Context.Key, _failures, fault);
            }

            _timer = Context.StartTimer(TimeSpan.FromSeconds(seconds), SettleAsync);
        }
    }

    // One look: hand back what has finished, start what is ready, then wait. False when nothing is left.
    private async Task<bool> StepAsync()
    {
        _hinted = false;
        _event = NewSignal();
        await LandAsync();
        ImmutableArray<Demand> demands = [.. _demands];
        var request = new PlanRequest(
            [.. demands.Select(demand => demand.Target.Address)], Math.Max(0, _options.RunsMax - _running.Count), [.. _running.Keys]);
        WavePlan plan = await Space.PlanWaveAsync(request, Context.Stopping);
        for (int index = 0; index < demands.Length; index++)
        {
            if (plan.DemandMet[index])
            {
                demands[index].Met.Set();
            }
        }

        foreach (RunTicket ticket in plan.Runs)
        {
            _ = RunAsync(ticket);
        }

        if (_running.Count > 0)
        {
            await _event.Task;
            return true;
        }

        if (plan.NextEligible - Now is { } pause && pause <= BriefPause)
        {
            // Not worth calling it rest: whoever waits for idleness waits for this too.
            using IDisposable timer = Context.StartTimer(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, SignalAsync);
            await _event.Task;
            return true;
        }

        return plan.Runs.Length > 0 || _hinted || _finished.Count > 0 || Rest(plan.NextEligible);
    }

    private Task SignalAsync()
    {
        _event.TrySetResult();
        return Task.CompletedTask;
    }

    // Nothing is left to run now. Something may be later.
    private bool Rest(DateTimeOffset? nextEligible)
    {
        _settling = false;
        _idle.Set();
        if (nextEligible is { } at)
        {
            TimeSpan pause = at - Now;
            pause = pause > _options.PauseMax ? _options.PauseMax : pause;
            _timer = Context.StartTimer(pause, () => HintAsync(CancellationToken.None));
        }

        return false;
    }

    private async Task LandAsync()
    {
        if (_finished.Count == 0)
        {
            return;
        }

        ImmutableArray<RunResult> results = [.. _finished];
        LandReceipt receipt = await Space.LandWaveAsync(results, Context.Stopping);
        _finished.RemoveRange(0, results.Length);
        for (int index = 0; index < results.Length; index++)
        {
            _running.Remove(results[index].Action);
            SettlerLog.RunLanded(_logger, results[index].Action, results[index].Run, results[index].Status, receipt.Outcomes[index]);
        }
    }

    private async Task RunAsync(RunTicket ticket)
    {
        _running[ticket.Action] = ticket.Run;
        string run = $"action {ticket.Action}#{ticket.Run}";
        HandlerOutcome outcome = await _runner.RunAsync(
            ticket.Definition.Handler,
            stop => new RunContext(run, ticket.Definition.Payload, Now, Space, ticket.Sequence, ticket.Prefetched, stop),
            ticket.Definition.EffectiveTimeLimit,
            CancellationToken.None);
        if (outcome.Status == RunStatus.Aborted || outcome.Error?.Code == ErrorCodes.SnapshotGone)
        {
            // An aborted run leaves no observation: the space still owes it.
            _running.Remove(ticket.Action);
        }
        else
        {
            bool completed = outcome.Status == RunStatus.Completed;
            _statistics.Count(new FinishedRun(ticket.Action, !completed, outcome.StartedAt, outcome.Duration));
            _finished.Add(new RunResult(
                ticket.Action,
                ticket.Revision,
                ticket.Run,
                ticket.CauseHigh,
                ticket.Sequence,
                outcome.StartedAt,
                outcome.Duration,
                outcome.Status,
                outcome.Error,
                outcome.Footprint.Turns,
                outcome.Footprint.Reads,
                completed ? outcome.Footprint.Operations : []));
        }

        _hinted = true;
        _event.TrySetResult();
    }
}
