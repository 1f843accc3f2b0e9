using Orleans.Runtime.Placement;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Activations;

/// <summary>One life of one actor as a grain: it loads the actor, counts its requests, and ends it.</summary>
/// <remarks>
/// Its members are used in turns of the grain, which Orleans never runs side by side; only the counts are read from elsewhere.
/// After a fault Orleans lets no further request enter; those under way go on to their end, which <see cref="IActorContext.Stopping"/>
/// brings near, and then the requests that waited go to the next activation.
/// </remarks>
internal sealed class ClusterActivation
{
    private readonly ClusterActorContext _context;
    private Phase _phase;
    private IActor? _actor;
    private Exception? _loadFault;
    private bool _endAfterLoading;
    private Task? _ending;
    private int _unanswered;
    private int _held;

    public ClusterActivation(IGrainContext grain, ClusterProcess process)
    {
        Grain = grain;
        Process = process;
        Kind = ActorGrain.KindOf(grain.GrainId.Type);
        Key = grain.GrainId.Key.ToString()!;
        _context = new ClusterActorContext(this);
        grain.SetComponent(new ActivationSlot(this));
        grain.ObservableLifecycle.Subscribe(nameof(ClusterActivation), GrainLifecycleStage.Activate, LoadAsync, EndAsync);
    }

    private enum Phase
    {
        Loading,
        Open,
        Ending,
        Dead,
    }

    public IGrainContext Grain { get; }

    public ClusterProcess Process { get; }

    public string Kind { get; }

    public string Key { get; }

    public IActorContext Context => _context;

    public bool IsDead => _phase == Phase.Dead;

    /// <summary>True when requests came since this was last set to false. A hint for the collector, exact within a turn.</summary>
    public bool Touched { get; set; } = true;

    /// <summary>When the collector first saw no request, as a timestamp; only the collector uses it.</summary>
    public long IdleSince { get; set; }

    /// <summary>True when nothing is under way that the engine knows of. A hint, exact within a turn.</summary>
    public bool LooksIdle => Volatile.Read(ref _unanswered) == 0 && Volatile.Read(ref _held) == 0;

    public override string ToString() => $"{Kind}/{Key}";

    /// <summary>A request enters.</summary>
    /// <exception cref="SchedulerException"><c>stopping</c>: the activation has ended.</exception>
    public void Enter()
    {
        if (IsDead)
        {
            throw Stopped();
        }

        Touched = true;
        Interlocked.Increment(ref _unanswered);
    }

    /// <summary>A request that entered has its answer.</summary>
    public void Leave() => Interlocked.Decrement(ref _unanswered);

    /// <summary>Keeps the actor from being collected until <see cref="Release"/>.</summary>
    public void Hold() => Interlocked.Increment(ref _held);

    /// <summary>Undoes one <see cref="Hold"/>.</summary>
    public void Release() => Interlocked.Decrement(ref _held);

    /// <summary>Runs something as a turn of its own; from any thread.</summary>
    public void Queue(Action turn) => Grain.Scheduler.QueueAction(turn);

    /// <summary>The wake-up came.</summary>
    public Task WakeAsync() => _actor!.WakeAsync(_context.Stopping);

    /// <summary>Asks for an orderly end, from any thread, if the actor turns out to be idle.</summary>
    public void EndIfIdle() => Queue(() =>
    {
        if (_phase == Phase.Open && !Touched && LooksIdle && _actor!.IsIdle)
        {
            Deactivate(null);
        }
    });

    /// <summary>Ends the activation from a turn of the actor, as <see cref="IActorContext.Deactivate"/> promises.</summary>
    public void Deactivate(Exception? fault)
    {
        if (_phase is Phase.Dead || (fault is null && _phase == Phase.Ending))
        {
            return;
        }

        if (fault is null)
        {
            _endAfterLoading = _phase == Phase.Loading;
            if (!_endAfterLoading)
            {
                Leave(DeactivationReasonCode.ApplicationRequested, "The actor asked for it.");
            }

            return;
        }

        if (_phase == Phase.Loading)
        {
            _loadFault = fault;
            Die();
            return;
        }

        if (_phase == Phase.Ending)
        {
            Process.NoteUnflushed(this);
        }

        ClusterLog.Faulted(Process.Log, fault, Kind, Key);
        Die();

        // Without the exception: with one, Orleans would refuse the waiting requests instead of handing them on.
        Leave(DeactivationReasonCode.ApplicationError, fault.Message);
    }

    /// <summary>Begins to end the activation in order, from any thread, so that the next one comes up in another silo.</summary>
    /// <param name="home">The silo. When it is gone, or the state cannot be handed over, the next call decides.</param>
    /// <returns>False when the activation is not open; then nothing happens.</returns>
    public Task<bool> MoveAsync(SiloAddress home)
    {
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue(() =>
        {
            bool isOpen = _phase == Phase.Open;
            if (isOpen)
            {
                Grain.Migrate(new Dictionary<string, object>(StringComparer.Ordinal) { [IPlacementDirector.PlacementHintKey] = home }, CancellationToken.None);
            }

            begun.SetResult(isOpen);
        });
        return begun.Task;
    }

    /// <summary>The silo stops: ends the activation in order, from any thread, without waiting for requests under way.</summary>
    /// <returns>Completes when the newest state is stored, or cannot be.</returns>
    public Task EndNowAsync(CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue(() => _ = EndAndTellAsync());
        return ended.Task;

        async Task EndAndTellAsync()
        {
            try
            {
                // With the exception, Orleans refuses the requests that wait for an actor which is still coming up.
                Exception? refusal = _phase == Phase.Loading ? Stopped() : null;
                await EndAsync(cancellation);
                Grain.Deactivate(new DeactivationReason(DeactivationReasonCode.ShuttingDown, refusal, "The silo stops."), CancellationToken.None);
            }
            finally
            {
                ended.SetResult();
            }
        }
    }

    public SchedulerException Stopped() =>
        new(ErrorCodes.Stopping, $"{this} has ended; repeat later.", isTransient: true);

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Process.Live.Add(this);
        try
        {
            if (Process.IsStopping)
            {
                throw Stopped();
            }

            // Before the silo has joined, an archive may still be on its way to where the actor reads.
            await Process.JoinedAsync(cancellation);
            _actor = (IActor)Grain.GrainInstance!;
            await _actor.ActivateAsync(cancellation).WaitAsync(cancellation);
            if (_loadFault is not null)
            {
                throw _loadFault;
            }
        }
        catch (Exception fault)
        {
            ClusterLog.ActivationFailed(Process.Log, fault, Kind, Key);
            Die();
            throw;
        }

        _phase = Phase.Open;
        if (_endAfterLoading)
        {
            Queue(() => Deactivate(null));
        }
    }

    private Task EndAsync(CancellationToken cancellation) => _phase is Phase.Loading or Phase.Dead ? Task.CompletedTask : _ending ??= FlushAsync(cancellation);

    private async Task FlushAsync(CancellationToken cancellation)
    {
        _phase = Phase.Ending;
        using var limit = new CancellationTokenSource(Process.Options.FlushWait, Process.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _actor!.DeactivateAsync(either.Token).WaitAsync(either.Token);
        }
        catch (Exception fault)
        {
            ClusterLog.FlushFailed(Process.Log, fault, Kind, Key);
            Process.NoteUnflushed(this);
        }

        Die();
    }

    private void Leave(DeactivationReasonCode code, string reason) => Grain.Deactivate(new DeactivationReason(code, reason), CancellationToken.None);

    private void Die()
    {
        _phase = Phase.Dead;
        Process.Live.Remove(this);
        _context.Stop();
    }
}
