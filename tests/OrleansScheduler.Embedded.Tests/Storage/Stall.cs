namespace OrleansScheduler.Embedded.Tests.Storage;

/// <summary>A point at which storage stands still.</summary>
internal sealed class Stall
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when storage stands still.</summary>
    public Task Reached => _reached.Task;

    public void Release() => _released.TrySetResult();

    internal ValueTask EnterAsync()
    {
        _reached.TrySetResult();
        return new ValueTask(_released.Task);
    }
}
