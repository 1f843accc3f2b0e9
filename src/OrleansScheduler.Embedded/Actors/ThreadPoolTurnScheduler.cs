namespace OrleansScheduler.Embedded.Actors;

/// <summary>Runs turns and outside work on the thread pool, without flowing the execution context.</summary>
public sealed class ThreadPoolTurnScheduler : ITurnScheduler
{
    /// <inheritdoc/>
    public bool AllowsInlineCalls => true;

    /// <summary>256: long enough to make the change of actor cheap, short enough that none waits long for it.</summary>
    public int TurnsPerSlot => 256;

    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem slot) => ThreadPool.UnsafeQueueUserWorkItem(slot, preferLocal: false);

    /// <inheritdoc/>
    public void ScheduleOutside(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
