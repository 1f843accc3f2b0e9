namespace OrleansScheduler.Handlers.Processes;

/// <summary>The runs that have processes, so that the host can end and await them before it ends itself.</summary>
internal sealed class RunningHandlers : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Runs work that stops when its own token is cancelled or this is disposed.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        stop.Token.ThrowIfCancellationRequested();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _closing.Token.ThrowIfCancellationRequested();
            _running.Add(over.Task);
        }

        try
        {
            await work(stop.Token);
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(over.Task);
            }

            over.SetResult();
        }
    }

    /// <summary>Cancels all work and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
    }
}
