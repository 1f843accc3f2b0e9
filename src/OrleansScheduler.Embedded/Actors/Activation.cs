using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>One life of one actor in memory: its mailbox, its phase and its account of unanswered requests.</summary>
/// <remarks>
/// The phase changes only within turns, so that it needs no lock. A dead activation still runs the continuations of
/// requests that it had started, for they owe their callers an answer; everything that had not started moves on to the next.
/// </remarks>
internal sealed class Activation : Mailbox
{
    [ThreadStatic]
    private static int _inlineDepth;

    private readonly EngineCore _core;
    private readonly Action _answered;
    private readonly ActivationContext _context;
    private readonly RequestChain _parked = new();
    private volatile Phase _phase;
    private IActor? _actor;
    private IActor? _open;
    private Exception? _loadFailure;
    private TaskCompletionSource? _ended;
    private bool _endAfterLoading;
    private volatile bool _flushFailed;
    private int _unanswered;
    private int _held;
    private long _requests;
    private long _queued;

    internal Activation(ActorKind kind, string key)
        : base(kind.Core.Environment.Scheduler)
    {
        Kind = kind;
        Key = key;
        _core = kind.Core;
        _answered = Answered;
        _context = new ActivationContext(this);
    }

    private enum Phase
    {
        New,
        Loading,
        Open,
        Ending,
        Dead,
    }

    internal ActorKind Kind { get; }

    internal string Key { get; }

    /// <summary>The actor, for a request that <see cref="Admits"/> let in.</summary>
    internal IActor Actor => _actor!;

    internal CancellationToken Stopping => _context.Stopping;

    internal bool IsDead => _phase == Phase.Dead;

    /// <summary>True when this activation did not end in good order although it should have.</summary>
    internal bool IsUnflushed => !IsDead || _flushFailed;

    /// <summary>True when requests came since this was last set to false. A hint for the collector, exact within a turn.</summary>
    internal bool Touched { get; set; } = true;

    /// <summary>When the collector first saw no request, as a timestamp; only the collector uses it.</summary>
    internal long IdleSince { get; set; }

    internal int Unanswered => Volatile.Read(ref _unanswered);

    internal (long Requests, long Queued) Counts => (Volatile.Read(ref _requests), Volatile.Read(ref _queued));

    /// <summary>True when nothing is under way that the engine knows of. A hint, exact within a turn.</summary>
    internal bool LooksIdle => Unanswered == 0 && Volatile.Read(ref _held) == 0;

    public override string ToString() => $"{Kind.Name}/{Key}";

    /// <summary>Runs the request at once on this thread, or returns null when it has to be queued.</summary>
    internal Task? TryCallInline<TArgs, TResult>(in TArgs args, Func<object, TArgs, Task> method)
    {
        if (_inlineDepth >= _core.InlineDepthMax || !TryHold())
        {
            return null;
        }

        var actor = _open;
        if (actor is null || Unanswered >= _core.UnansweredRequestsMax)
        {
            Leave();
            return null;
        }

        _inlineDepth++;
        var outer = Current;
        SetSynchronizationContext(this);
        _requests++;
        Touched = true;
        var answer = Invocation.Start<TArgs, TResult>(actor, args, method);
        if (!answer.IsCompleted)
        {
            Interlocked.Increment(ref _unanswered);
            answer.GetAwaiter().UnsafeOnCompleted(_answered);
        }

        SetSynchronizationContext(outer);
        _inlineDepth--;
        Leave();
        return answer;
    }

    /// <summary>Queues a request, unless the actor has as many unanswered ones as it may.</summary>
    internal bool TryAccept(IRequest request)
    {
        if (Interlocked.Increment(ref _unanswered) > _core.UnansweredRequestsMax)
        {
            Answered();
            _core.CountOverload();
            return false;
        }

        request.Target = this;
        Enqueue(request);
        return true;
    }

    /// <summary>Queues a request that another activation had accepted already, or one of the engine.</summary>
    internal void Adopt(IRequest request)
    {
        Interlocked.Increment(ref _unanswered);
        request.Target = this;
        Enqueue(request);
    }

    /// <summary>One request less is unanswered.</summary>
    internal void Answered() => Interlocked.Decrement(ref _unanswered);

    /// <summary>Keeps the actor from being collected until <see cref="Release"/>.</summary>
    internal void Hold() => Interlocked.Increment(ref _held);

    /// <summary>Undoes one <see cref="Hold"/>.</summary>
    internal void Release() => Interlocked.Decrement(ref _held);

    /// <summary>Within the turn of a request: true when it may start now; otherwise it was parked, moved or refused.</summary>
    internal bool Admits(IRequest request)
    {
        switch (_phase)
        {
            case Phase.Open:
                _requests++;
                _queued++;
                Touched = true;
                return true;
            case Phase.New:
                _parked.Add(request);
                Load();
                return false;
            case Phase.Ending when _core.IsStopping:
                request.Refuse(_core.StoppingFailure(ToString()));
                return false;
            case Phase.Loading or Phase.Ending:
                _parked.Add(request);
                return false;
            default:
                MoveOn(request);
                return false;
        }
    }

    /// <summary>Ends the activation from a turn of the actor, as <see cref="IActorContext.Deactivate"/> promises.</summary>
    internal void Deactivate(Exception? fault)
    {
        if (fault is null)
        {
            if (_phase == Phase.Loading)
            {
                _endAfterLoading = true;
            }
            else if (_phase == Phase.Open)
            {
                BeginEnding();
            }

            return;
        }

        switch (_phase)
        {
            case Phase.Loading:
                FailLoading(fault);
                break;
            case Phase.Open or Phase.Ending:
                _flushFailed = _phase == Phase.Ending;
                EngineLog.Faulted(_core.Log, fault, Kind.Name, Key);
                Die();
                break;
        }
    }

    /// <summary>Asks for an orderly end from any thread; the task completes when the activation is dead.</summary>
    internal Task EndAsync()
    {
        var ended = new TaskCompletionSource();
        ended = Interlocked.CompareExchange(ref _ended, ended, null) ?? ended;
        Enqueue(new Command(End));
        return ended.Task;
    }

    /// <summary>Asks for an orderly end, from any thread, if the actor turns out to be idle.</summary>
    internal void EndIfIdle() => Enqueue(new Command(() =>
    {
        if (_phase == Phase.Open && !Touched && LooksIdle && Actor.IsIdle)
        {
            BeginEnding();
        }
    }));

    /// <summary>Cancels what waits for an activation that does not end by itself. Any thread.</summary>
    internal void Abandon() => _context.Stop();

    protected override void OnTurnFailed(Exception failure) => EngineLog.TurnFailed(_core.Log, failure, Kind.Name, Key);

    private void Load()
    {
        _phase = Phase.Loading;
        _core.CountActivation();
        _ = LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _actor = Kind.CreateActor(_context);
            await _actor.ActivateAsync(Stopping);
        }
        catch (Exception failure)
        {
            FailLoading(failure);
            return;
        }

        if (_phase == Phase.Loading)
        {
            Open();
        }
    }

    private void Open()
    {
        _phase = Phase.Open;
        _open = _actor;
        if (_parked.TakeAll(out var first, out var last))
        {
            PutFirst(first, last);
        }

        if (_endAfterLoading)
        {
            Enqueue(new Command(End));
        }
    }

    private void FailLoading(Exception failure)
    {
        if (_phase != Phase.Loading)
        {
            return;
        }

        EngineLog.ActivationFailed(_core.Log, failure, Kind.Name, Key);
        _core.CountActivationFailure();
        _loadFailure = failure;
        Die();
    }

    private void End()
    {
        switch (_phase)
        {
            case Phase.New:
                Die();
                break;
            case Phase.Loading:
                FailLoading(_core.StoppingFailure(ToString()));
                break;
            case Phase.Open:
                BeginEnding();
                break;
            case Phase.Dead:
                TellEnded();
                break;
        }
    }

    private void BeginEnding()
    {
        _phase = Phase.Ending;
        _open = null;
        Enqueue(new Command(() => _ = FlushAsync()));
    }

    private async Task FlushAsync()
    {
        if (_phase != Phase.Ending)
        {
            return;
        }

        using var limit = new CancellationTokenSource(_core.Options.FlushWait, _core.Environment.Time);
        try
        {
            await Actor.DeactivateAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception failure)
        {
            _flushFailed = true;
            EngineLog.FlushFailed(_core.Log, failure, Kind.Name, Key);
        }

        if (_phase == Phase.Ending)
        {
            Die();
        }
    }

    private void Die()
    {
        _phase = Phase.Dead;
        _open = null;

        // References keep dead activations for a while; the actor's state shall not stay with them.
        _actor = null;
        _context.LeaveWrites();
        Kind.Forget(this);
        if (_parked.TakeAll(out var first, out var last))
        {
            PutFirst(first, last);
        }

        _context.Stop();
        TellEnded();
    }

    private void TellEnded()
    {
        if (_ended is not null)
        {
            Apart.Complete(_ended, static ended => ended.TrySetResult());
        }
    }

    private void MoveOn(IRequest request)
    {
        if (_loadFailure is not null)
        {
            request.Refuse(_loadFailure);
        }
        else if (Kind.Resolve(Key) is { } next)
        {
            Answered();
            next.Adopt(request);
        }
        else
        {
            request.Refuse(_core.StoppingFailure(ToString()));
        }
    }

    private sealed class Command(Action run) : ITurn
    {
        public ITurn? Next { get; set; }

        public void Run() => run();
    }
}
