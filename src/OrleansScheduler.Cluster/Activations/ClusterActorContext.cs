using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Activations;

/// <summary>What one activation offers to its actor.</summary>
internal sealed class ClusterActorContext(ClusterActivation activation) : IActorContext
{
    private static readonly TimeSpan TimerMax = TimeSpan.FromMinutes(1);

    private readonly ClusterProcess _process = activation.Process;
    private readonly CancellationTokenSource _stopping = new();
    private CancellationTokenSource? _outsideStopping;
    private IJournalStorage? _journal;
    private IStateStorage? _state;
    private IWakeup? _wakeup;
    private Random? _random;

    public string Kind => activation.Kind;

    public string Key => activation.Key;

    public TimeProvider Time => _process.Options.Time;

    public Random Random => _random ??= _process.NewRandom();

    public IActorDirectory Directory => _process.Directory;

    public IJournalStorage Journal =>
        _journal ??= new RowJournal(Kind, Key, new GrainRows(_process.Storage, Kind, Key, prefix: ""), _process.NewRandom());

    public IStateStorage State => _state ??= new GrainRows(_process.Storage, Kind, Key, prefix: $"{Kind}.state.");

    public IWakeup Wakeup => _wakeup ??= new ClusterWakeup(activation);

    public IEventFanout Fanout => _process.Fanout;

    public CancellationToken Stopping => _stopping.Token;

    public IDisposable StartTimer(TimeSpan due, Func<Task> turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(due, TimerMax);
        RequireTurn();
        var timer = new ActivationTimer(activation, turn);
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
        ThreadPool.UnsafeQueueUserWorkItem(outside, preferLocal: false);
        return outside.Task;
    }

    public void Deactivate(Exception? fault)
    {
        RequireTurn();
        activation.Deactivate(fault);
    }

    /// <summary>Cancels <see cref="Stopping"/>, and outside of any turn the work that runs outside.</summary>
    internal void Stop()
    {
        Cancel(_stopping);
        if (Volatile.Read(ref _outsideStopping) is { } outside)
        {
            // Its callbacks are foreign code, which must not run in the turn that ends the activation.
            ThreadPool.UnsafeQueueUserWorkItem(static given => given.Context.Cancel(given.Source), (Context: this, Source: outside), preferLocal: false);
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
            ClusterLog.TurnFailed(_process.Log, failure, Kind, Key);
        }
    }

    private void RequireTurn()
    {
        if (!ReferenceEquals(_process.CurrentGrain, activation.Grain))
        {
            throw new InvalidOperationException($"The context of {activation} may be used in its turns only.");
        }
    }
}
