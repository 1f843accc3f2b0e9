using Microsoft.Extensions.Logging;
using OrleansScheduler.Clocks;
using OrleansScheduler.Core.Engine;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Clocks;

/// <summary>Sleeps until the earliest attention is due, then calls its schedule; the answer replaces the attention.</summary>
internal class ClockActor : Actor, IClock
{
    private const int CallsMax = 256;
    private static readonly TimeSpan SleepMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    private readonly ClockState _state = new();
    private readonly Journal<ClockState, ClockEntry> _journal;
    private readonly ClockGate _gate;
    private readonly ILogger _logger;
    private readonly Dictionary<ScheduleId, DateTimeOffset> _calling = [];
    private readonly Dictionary<ScheduleId, FailedCall> _failing = [];
    private DeploymentStart? _start;
    private IDisposable? _timer;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;
    private bool _isEnding;

    public ClockActor(IActorContext context, ClockGate gate, ILogger logger, JournalOptions? journal = null)
        : base(context)
    {
        _journal = new Journal<ClockState, ClockEntry>(context, _state, new ClockEntryCodec(), _ => false, journal);
        _gate = gate;
        _logger = logger;
    }

    public override bool IsIdle => _calling.Count == 0 && !_journal.IsWriting && _state.Count == 0;

    /// <inheritdoc/>
    public override async Task ActivateAsync(CancellationToken cancellation)
    {
        await _journal.LoadAsync(cancellation);
        Call();
    }

    /// <inheritdoc/>
    public override Task DeactivateAsync(CancellationToken cancellation)
    {
        // What is answered from now on is asked again by the next activation, which may load while this one would still write.
        _isEnding = true;
        return _journal.FlushAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task AnnounceAsync(ScheduleId schedule, Attention attention, CancellationToken cancellation)
    {
        Task durable = _state.IsNews(schedule, attention)
            ? _journal.AppendAsync(new ClockEntry(schedule, attention))
            : _journal.DurableAsync();
        _failing.Remove(schedule);
        Call();
        await durable;
    }

    /// <inheritdoc/>
    public async Task<ClockSummary> TouchAsync(DeploymentStart start, CancellationToken cancellation)
    {
        // A process that has not noticed the next start may still touch the shard.
        _start = _start is { } newer && newer.Number > start.Number ? newer : start;
        Call();
        var summary = new ClockSummary(_state.Count, _state.Earliest, _calling.Count);
        await _journal.DurableAsync();
        return summary;
    }

    // Calls what is due and sleeps until the next is. A schedule is called once at a time.
    private void Call()
    {
        if (!_gate.IsOpen || _isEnding)
        {
            return;
        }

        DateTimeOffset now = Now;
        DateTimeOffset next = DateTimeOffset.MaxValue;
        foreach ((ScheduleId schedule, Attention attention) in _state.DueAt(DateTimeOffset.MaxValue))
        {
            if (attention.Due > now)
            {
                next = Earlier(next, attention.Due.Value);
                break;
            }

            next = Earlier(next, Try(schedule, attention, now));
        }

        foreach ((ScheduleId schedule, Attention attention) in _start is { } start ? _state.Awaiting(start.Id) : [])
        {
            next = Earlier(next, Try(schedule, attention, now));
        }

        Arm(next, now);
    }

    // Not before when it may be called; the end of all time when it is called now, or when the end of another call looks again.
    private DateTimeOffset Try(ScheduleId schedule, Attention attention, DateTimeOffset now)
    {
        if (_calling.ContainsKey(schedule))
        {
            return DateTimeOffset.MaxValue;
        }

        if (_failing.TryGetValue(schedule, out FailedCall failed) && failed.LeftOf(Context.Time) is { Ticks: > 0 } left)
        {
            return now + left;
        }

        if (_calling.Count < CallsMax)
        {
            _calling[schedule] = now;
            _ = CallAsync(schedule, attention.Number);
        }

        return DateTimeOffset.MaxValue;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private async Task CallAsync(ScheduleId schedule, long number)
    {
        try
        {
            // The turn that found it due ends first: calls go out side by side.
            await Task.Yield();
            Attention answer = await Context.Directory.Get<ISchedule>(schedule.ToString()).AttendAsync(number, _start, Context.Stopping);
            _failing.Remove(schedule);
            if (!_isEnding && _state.IsNews(schedule, answer))
            {
                await _journal.AppendAsync(new ClockEntry(schedule, answer));
            }
        }
        catch (Exception fault)
        {
            // Whatever it is: a schedule that stays among those that are called would never be called again.
            int failures = _failing.GetValueOrDefault(schedule).Failures + 1;
            double seconds = Math.Min(0.25 * Math.Pow(2, failures), PauseMax.TotalSeconds);
            _failing[schedule] = new FailedCall(failures, Context.Time.GetTimestamp(), TimeSpan.FromSeconds(seconds));
            if (!Context.Stopping.IsCancellationRequested && fault is not SchedulerException { Code: ErrorCodes.Stopping })
            {
                ClockLog.CallFailed(_logger, schedule, failures, fault);
            }
        }

        _calling.Remove(schedule);
        if (!Context.Stopping.IsCancellationRequested)
        {
            Call();
        }
    }

    private void Arm(DateTimeOffset next, DateTimeOffset now)
    {
        if (next == _armedFor && _timer is not null)
        {
            return;
        }

        _timer?.Dispose();
        _timer = null;
        _armedFor = next;
        if (next == DateTimeOffset.MaxValue)
        {
            return;
        }

        TimeSpan sleep = next - now > SleepMax ? SleepMax : next - now;
        _timer = Context.StartTimer(sleep, () =>
        {
            _timer = null;
            Call();
            return Task.CompletedTask;
        });
    }

    // Pauses are measured: a wall clock that is set back would stretch them by as much.
    private readonly record struct FailedCall(int Failures, long At, TimeSpan Pause)
    {
        public TimeSpan LeftOf(TimeProvider time)
        {
            TimeSpan left = Pause - time.GetElapsedTime(At);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }
}
