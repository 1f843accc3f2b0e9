namespace OrleansScheduler.Embedded.Actors;

/// <summary>A queue of turns that never overlap; continuations of awaits within a turn come back as turns.</summary>
/// <remarks>
/// Whoever swaps the empty inbox for <see cref="Held"/> owns the mailbox until it leaves: a caller that runs inline, or a
/// slot of the scheduler. Others push onto the inbox, newest first; the owner takes all of it at once and turns it round.
/// A lock instead would cost a call about twice as much.
/// </remarks>
internal abstract class Mailbox(ITurnScheduler scheduler) : SynchronizationContext, IThreadPoolWorkItem
{
    private static readonly ITurn Held = new HeldMark();

    // Null: nobody owns the mailbox. Held: owned, nothing new. Otherwise the newest turn of a chain that ends with Held.
    private ITurn? _inbox;

    // Turns taken from the inbox, oldest first. Only the owner touches it.
    private ITurn? _ready;

    /// <summary>Puts a turn at the end of the queue. Any thread.</summary>
    internal void Enqueue(ITurn turn)
    {
        var seen = Volatile.Read(ref _inbox);
        while (true)
        {
            turn.Next = seen ?? Held;
            var found = Interlocked.CompareExchange(ref _inbox, turn, seen);
            if (ReferenceEquals(found, seen))
            {
                break;
            }

            seen = found;
        }

        if (seen is null)
        {
            scheduler.Schedule(this);
        }
    }

    /// <summary>Takes the mailbox if nobody owns it and no turn waits.</summary>
    protected bool TryHold() =>
        Volatile.Read(ref _inbox) is null && Interlocked.CompareExchange(ref _inbox, Held, null) is null;

    /// <summary>Gives the mailbox back. Turns that came meanwhile go to the scheduler: they are not this thread's work.</summary>
    protected void Leave()
    {
        if (_ready is not null || !ReferenceEquals(Interlocked.CompareExchange(ref _inbox, null, Held), Held))
        {
            scheduler.Schedule(this);
        }
    }

    /// <summary>Puts a chain of turns before everything that waits. Only the owner.</summary>
    protected void PutFirst(ITurn first, ITurn last)
    {
        last.Next = _ready;
        _ready = first;
    }

    /// <summary>Called with what a turn threw that nobody awaits.</summary>
    protected abstract void OnTurnFailed(Exception failure);

    /// <summary>One slot of the scheduler.</summary>
    public void Execute()
    {
        var outer = Current;
        SetSynchronizationContext(this);
        for (var left = scheduler.TurnsPerSlot; left > 0 && TakeNext() is { } turn; left--)
        {
            try
            {
                turn.Run();
            }
            catch (Exception failure)
            {
                OnTurnFailed(failure);
            }
        }

        SetSynchronizationContext(outer);
        Leave();
    }

    /// <inheritdoc/>
    public sealed override void Post(SendOrPostCallback d, object? state) => Enqueue(new Continuation(d, state));

    /// <inheritdoc/>
    public sealed override void Send(SendOrPostCallback d, object? state)
    {
        if (!ReferenceEquals(Current, this))
        {
            throw new NotSupportedException("Nobody may block until an actor has time; await a call to it instead.");
        }

        d(state);
    }

    /// <summary>The same context: it has no state of its own to copy, and turns compare it by reference.</summary>
    public sealed override SynchronizationContext CreateCopy() => this;

    private ITurn? TakeNext()
    {
        if (_ready is null && !ReferenceEquals(Volatile.Read(ref _inbox), Held))
        {
            _ready = OldestFirst(Interlocked.Exchange(ref _inbox, Held)!);
        }

        var turn = _ready;
        if (turn is not null)
        {
            _ready = turn.Next;
            turn.Next = null;
        }

        return turn;
    }

    private static ITurn? OldestFirst(ITurn newest)
    {
        ITurn? oldest = null;
        var next = newest;
        while (!ReferenceEquals(next, Held))
        {
            var turn = next;
            next = turn.Next!;
            turn.Next = oldest;
            oldest = turn;
        }

        return oldest;
    }

    private sealed class Continuation(SendOrPostCallback callback, object? state) : ITurn
    {
        public ITurn? Next { get; set; }

        public void Run() => callback(state);
    }

    private sealed class HeldMark : ITurn
    {
        public ITurn? Next { get; set; }

        public void Run()
        {
        }
    }
}
