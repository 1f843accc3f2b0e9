using OrleansScheduler.Engine;

namespace OrleansScheduler.Benchmarks.Calls;

/// <summary>Counts without a lock: if two turns ever overlapped, calls would be missing in the end.</summary>
internal sealed class EmptyActor : IActor, IEmpty
{
    private long _count;

    public bool IsIdle => true;

    public Task CallAsync()
    {
        _count++;
        return Task.CompletedTask;
    }

    public Task<long> CountAsync() => Task.FromResult(_count);

    public Task ActivateAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task WakeAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task DeactivateAsync(CancellationToken cancellation) => Task.CompletedTask;
}
