namespace OrleansScheduler.Conformance.Probes;

/// <summary>Notices when two threads are within one actor at the same time.</summary>
internal sealed class TurnGuard
{
    private int _inside;

    /// <summary>True when that ever happened.</summary>
    internal bool Overlapped { get; private set; }

    /// <summary>Marks a synchronous stretch; long enough to be caught by another.</summary>
    internal void Pass()
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            Overlapped = true;
        }

        Thread.SpinWait(20);
        Interlocked.Decrement(ref _inside);
    }
}
