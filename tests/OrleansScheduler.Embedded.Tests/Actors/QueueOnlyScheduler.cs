using OrleansScheduler.Embedded.Actors;

namespace OrleansScheduler.Embedded.Tests.Actors;

/// <summary>The thread pool without inline calls, and with the shortest slots: every turn changes hands.</summary>
internal sealed class QueueOnlyScheduler : ITurnScheduler
{
    public bool AllowsInlineCalls => false;

    public int TurnsPerSlot => 1;

    public void Schedule(IThreadPoolWorkItem slot) => ThreadPool.UnsafeQueueUserWorkItem(slot, preferLocal: false);

    public void ScheduleOutside(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
