using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Engine;

/// <summary>Something that happens once in an actor, and those of its requests that wait for it, each for a while.</summary>
/// <remarks>
/// Every wait has a source of its own and is awaited directly: a limit put around a task (<see cref="Task.WaitAsync(TimeSpan)"/>) goes
/// on through the thread pool, where no simulation has a say in what comes next.
/// </remarks>
internal sealed class Signal
{
    private readonly List<TaskCompletionSource<bool>> _waiting = [];

    /// <summary>Whether it has happened.</summary>
    public bool IsSet { get; private set; }

    /// <summary>It happens. Those who wait go on in turns of their own.</summary>
    public void Set()
    {
        IsSet = true;
        foreach (TaskCompletionSource<bool> waiting in _waiting)
        {
            waiting.TrySetResult(true);
        }

        _waiting.Clear();
    }

    /// <summary>Waits until it happens.</summary>
    /// <param name="context">The activation, whose end ends the wait.</param>
    /// <param name="wait">At most so long; zero only looks. No longer than a minute.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the time was over before it happened.</returns>
    /// <exception cref="SchedulerException"><c>stopping</c>, transient, when the activation ends first.</exception>
    /// <exception cref="OperationCanceledException">The caller ended the wait.</exception>
    public async Task<bool> WaitAsync(IActorContext context, TimeSpan wait, CancellationToken cancellation)
    {
        if (IsSet || wait <= TimeSpan.Zero)
        {
            return IsSet;
        }

        cancellation.ThrowIfCancellationRequested();
        var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(heard);
        using IDisposable over = context.StartTimer(wait, () => Task.FromResult(heard.TrySetResult(IsSet)));
        using CancellationTokenRegistration given = cancellation.UnsafeRegister(
            static (source, token) => ((TaskCompletionSource<bool>)source!).TrySetCanceled(token), heard);
        using CancellationTokenRegistration stopped = context.Stopping.UnsafeRegister(
            static source => ((TaskCompletionSource<bool>)source!).TrySetException(
                new SchedulerException(ErrorCodes.Stopping, "The actor stops; ask again.", isTransient: true)),
            heard);
        try
        {
            return await heard.Task;
        }
        finally
        {
            _waiting.Remove(heard);
        }
    }
}
