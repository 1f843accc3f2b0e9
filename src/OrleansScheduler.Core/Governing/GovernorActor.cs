using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Governing;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Governing;

/// <summary>The shell around <see cref="GovernorState"/> and <see cref="WaitingRuns"/>: grants count when they are stored.</summary>
internal class GovernorActor : Actor, IGovernor
{
    private const int WaitingMax = 100_000;
    private const int ProcessesMax = 10_000;
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SleepMax = TimeSpan.FromSeconds(25);

    private readonly GovernorState _state;
    private readonly WaitingRuns _waiting = new();
    private readonly Journal<GovernorState, GovernorEntry> _journal;
    private readonly ILogger _logger;

    private readonly long _begun;

    // One for each that waits, however often it asks.
    private IDisposable? _timer;
    private TimeSpan _armedFor = TimeSpan.MaxValue;

    public GovernorActor(IActorContext context, ILogger logger, JournalOptions? journal = null, Func<long>? epoch = null)
        : base(context)
    {
        _begun = context.Time.GetTimestamp();
        _state = new GovernorState(() => Measured, epoch);
        _journal = new Journal<GovernorState, GovernorEntry>(
            context, _state, new GovernorEntryCodec(), state => state.HasLeases, journal);
        _logger = logger;
    }

    // Waits and leases are as long as they are, whoever sets the clock.
    private TimeSpan Measured => Context.Time.GetElapsedTime(_begun);

    public override bool IsIdle => _waiting.Count == 0 && !_state.HasLeases && !_journal.IsWriting;

    /// <inheritdoc/>
    public override async Task ActivateAsync(CancellationToken cancellation)
    {
        await _journal.LoadAsync(cancellation);
        Reap();
    }

    /// <inheritdoc/>
    public override Task WakeAsync(CancellationToken cancellation)
    {
        Reap();
        return _journal.Wakeups.AnswerAsync(() => _state.HasLeases);
    }

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellation) => _journal.FlushAsync(cancellation);

    /// <inheritdoc/>
    public async Task<Admission> AcquireAsync(SlotRequest request, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckWait(wait);
        CheckText("process", request.Process, 200);
        if (_state.IsSuperseded(request) || _waiting.IsSuperseded(request))
        {
            return new Admission.Refused(Admission.Refused.Superseded);
        }

        if (_state.LeaseOf(request.Run) is { } lease)
        {
            if (lease.Process == request.Process && !_state.IsNewer(request))
            {
                await _journal.DurableAsync();
                return new Admission.Granted(lease);
            }

            // The run starts again, elsewhere or in another activation: whoever had the slot is gone, and what he still says of it
            // must not count.
            _ = _journal.AppendAsync(GovernorState.End(lease, false));
        }

        if (_waiting.Count >= WaitingMax && !_waiting.Holds(request.Run))
        {
            return new Admission.Refused(ErrorCodes.QueueFull);
        }

        WaitingRun waiting = _waiting.Enter(request);
        waiting.Note(Measured);
        Pump();
        if (waiting.Granted is { } granted)
        {
            // It only has to be stored, which no limit cuts short.
            waiting.StopListening();
            await granted.Durable;
            return new Admission.Granted(granted.Lease);
        }

        return await waiting.ListenAsync(Context, wait, cancellation) ?? new Admission.Queued(_waiting.PositionOf(waiting));
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(RunId run, string? process, CancellationToken cancellation)
    {
        if (process is null || _waiting.ProcessOf(run) == process)
        {
            _waiting.Leave(run);
        }

        if (_state.LeaseOf(run) is { } lease && (process is null || lease.Process == process))
        {
            _ = _journal.AppendAsync(GovernorState.End(lease, false));
        }

        Pump();
        await _journal.DurableAsync();
    }

    /// <inheritdoc/>
    public async Task EndLeasesOfOthersAsync(ImmutableArray<string> living, long upTo, CancellationToken cancellation)
    {
        CheckRange("living", living.IsDefault ? 0 : living.Length, 1, ProcessesMax);
        foreach (GovernorEntry.Ended ended in _state.OfOthers(living, upTo))
        {
            _ = _journal.AppendAsync(ended);
        }

        // Who is left out by mistake asks again.
        foreach (RunId gone in _waiting.OfOthers(living))
        {
            _waiting.Leave(gone);
        }

        Pump();
        await _journal.DurableAsync();
    }

    /// <inheritdoc/>
    public async Task<GovernorSnapshot> ConfigureAsync(GovernorSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        GovernorState.Check(settings);
        if (settings.Cap != _state.Settings.Cap || !settings.Groups.SequenceEqual(_state.Settings.Groups))
        {
            _ = _journal.AppendAsync(new GovernorEntry.Configured(settings));
            Pump();
        }

        return await GetAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task<GovernorSnapshot> GetAsync(CancellationToken cancellation)
    {
        GovernorSnapshot snapshot = _state.Snapshot(_waiting.Count);
        await _journal.DurableAsync();
        return snapshot;
    }

    // A freed slot goes to the next one at once.
    private void Pump()
    {
        while (_state.HasRoom() && _waiting.Next(_state.HasRoom) is { } next)
        {
            GovernorEntry.Granted granted = _state.Grant(next.Request, Now)!;
            _waiting.Leave(next.Request.Run);
            Task durable = _journal.AppendAsync(granted);
            next.Grant(granted.Lease, durable);
            _ = AnswerAsync(next, granted.Lease, durable);
        }

        Arm();
    }

    private static async Task AnswerAsync(WaitingRun waiting, Lease lease, Task durable)
    {
        try
        {
            await durable;
            waiting.Answer(new Admission.Granted(lease), null);
        }
        catch (SchedulerException fault)
        {
            waiting.Answer(null, fault);
        }
    }

    private void Reap()
    {
        foreach (GovernorEntry.Ended ended in _state.Expired())
        {
            _ = _journal.AppendAsync(ended);
            GovernorLog.LeaseExpired(_logger, ended.Run);
        }

        foreach (RunId silent in _waiting.SilentSince(Measured - SilenceMax))
        {
            _waiting.Leave(silent);
        }

        Pump();
    }

    private void Arm()
    {
        TimeSpan now = Measured;
        TimeSpan next = _state.EarliestDeadline ?? TimeSpan.MaxValue;
        if (_waiting.Count > 0 && now + SleepMax < next)
        {
            next = now + SleepMax;
        }

        if (next >= _armedFor && _timer is not null)
        {
            return;
        }

        _timer?.Dispose();
        (_timer, _armedFor) = (null, next);
        if (next == TimeSpan.MaxValue)
        {
            return;
        }

        TimeSpan sleep = next - now;
        sleep = sleep > SleepMax ? SleepMax : sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep;
        _timer = Context.StartTimer(sleep, () =>
        {
            _timer = null;
            Reap();
            return Task.CompletedTask;
        });
    }
}
