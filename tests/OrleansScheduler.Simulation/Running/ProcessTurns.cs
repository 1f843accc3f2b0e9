using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Testing;

namespace OrleansScheduler.Simulation.Running;

/// <summary>The thread of one process: everything it runs goes through the one scheduler, until the process is gone.</summary>
internal sealed class ProcessTurns(SeededScheduler shared) : SynchronizationContext, ITurnScheduler
{
    /// <summary>Nothing of the process runs any more.</summary>
    public bool IsOver { get; private set; }

    /// <inheritdoc/>
    public bool AllowsInlineCalls => false;

    /// <inheritdoc/>
    public int TurnsPerSlot => 1;

    public void End() => IsOver = true;

    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem slot) => Add(slot);

    /// <inheritdoc/>
    public void ScheduleOutside(IThreadPoolWorkItem work) => Add(work);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => Add(new Continuation(d, state));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins something as part of the process.</summary>
    public T Begin<T>(Func<T> begin)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            return begin();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private void Add(IThreadPoolWorkItem work)
    {
        if (!IsOver)
        {
            shared.Schedule(new Slot(this, work));
        }
    }

    private sealed class Slot(ProcessTurns process, IThreadPoolWorkItem work) : ITracedWork
    {
        public void Execute()
        {
            if (!process.IsOver)
            {
                process.Begin(() =>
                {
                    work.Execute();
                    return 0;
                });
            }
        }

        public override string ToString() => work is SynchronizationContext ? work.ToString()! : "outside";
    }

    private sealed class Continuation(SendOrPostCallback callback, object? state) : IThreadPoolWorkItem
    {
        public void Execute() => callback(state);
    }
}
