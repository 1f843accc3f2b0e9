using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>What one activation offers to its actor.</summary>
internal sealed class ActivationContext(Activation activation) : IActorContext
{
    private static readonly TimeSpan TimerMax = TimeSpan.FromMinutes(1);

    private readonly EngineCore _core = activation.Kind.Core;
    private readonly CancellationTokenSource _stopping = new();
    private CancellationTokenSource? _outsideStopping;
    private ActivationJournal? _journal;
    private IStateStorage? _state;
    private IWakeup? _wakeup;
    private Random? _random;

    public string Kind => activation.Kind.Name;

    public string Key => activation.Key;

    public TimeProvider Time => _core.Environment.Time;

    public Random Random => _random ??= _core.NewRandom(Kind, Key);

    public IActorDirectory Directory => _core.Directory;

    public IJournalStorage Journal =>
        _journal ??= new ActivationJournal(_core.Environment.Storage.Journal(Kind, Key), activation.Kind.Unfinished, Key);

    public IStateStorage State => _state ??= _core.Environment.Storage.State(Kind, Key);

    public IWakeup Wakeup => _wakeup ??= new ActorWakeup(activation);

    public IEventFanout Fanout => _core.Fanout;

    public CancellationToken Stopping => _stopping.Token;

    public IDisposable StartTimer(TimeSpan due, Func<Task> turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(due, TimerMax);
        RequireTurn();
        var timer = new ActorTimer(activation, turn);
        timer.Start(due, Time);
        return timer;
    }

    public Task<T> RunOutside<T>(Func<CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        RequireTurn();
        if (Stopping.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(Stopping);
        }

        _outsideStopping ??= new CancellationTokenSource();
        var outside = new OutsideWork<T>(activation, work, _outsideStopping.Token);
        _core.Environment.Scheduler.ScheduleOutside(outside);
        return outside.Task;
    }

    public void Deactivate(Exception? fault)
    {
        RequireTurn();
        activation.Deactivate(fault);
    }

    /// <summary>Leaves what is still being written to the next activation, which waits for it.</summary>
    internal void LeaveWrites() => _journal?.End();

    /// <summary>Cancels <see cref="Stopping"/>, and outside of any turn the work that runs outside.</summary>
    internal void Stop()
    {
        Cancel(_stopping);
        if (Volatile.Read(ref _outsideStopping) is { } outside)
        {
            // Its callbacks are foreign code, which must not run in the turn that ends the activation.
            _core.Environment.Scheduler.ScheduleOutside(new OutsideCancellation(this, outside));
        }
    }

    private void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException failure)
        {
            EngineLog.TurnFailed(_core.Log, failure, Kind, Key);
        }
    }

    private void RequireTurn()
    {
        if (!ReferenceEquals(SynchronizationContext.Current, activation))
        {
            throw new InvalidOperationException($"The context of {activation} may be used in its turns only.");
        }
    }

    private sealed class OutsideCancellation(ActivationContext context, CancellationTokenSource source) : IThreadPoolWorkItem
    {
        public void Execute() => context.Cancel(source);
    }
}
