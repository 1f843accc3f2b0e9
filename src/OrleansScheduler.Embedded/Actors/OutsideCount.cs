namespace OrleansScheduler.Embedded.Actors;

/// <summary>Counts the foreign work of all actors, so that the end of the engine can wait for it.</summary>
internal sealed class OutsideCount
{
    private readonly TaskCompletionSource _none = new();

    // One more than is under way, until the engine waits: so it reaches zero only then.
    private int _count = 1;
    private int _waiting;

    /// <summary>How many are under way, at about this moment.</summary>
    internal int Current => Math.Max(0, Volatile.Read(ref _count) - (Volatile.Read(ref _waiting) == 0 ? 1 : 0));

    internal void Begin() => Interlocked.Increment(ref _count);

    internal void End()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            Apart.Complete(_none, static none => none.TrySetResult());
        }
    }

    /// <summary>Completes when nothing is under way; later work is no longer waited for.</summary>
    internal Task WhenNoneAsync()
    {
        if (Interlocked.Exchange(ref _waiting, 1) == 0)
        {
            End();
        }

        return _none.Task;
    }
}
