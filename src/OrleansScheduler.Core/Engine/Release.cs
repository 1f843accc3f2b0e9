namespace OrleansScheduler.Core.Engine;

/// <summary>Lets a request go whose caller has given up, while what it waits for goes on.</summary>
internal static class Release
{
    /// <summary>Waits for a task of the actor, or until the caller cancels.</summary>
    /// <param name="task">What is waited for. It is awaited here also when nobody waits any more.</param>
    /// <param name="cancellation">Ends the wait, and nothing else.</param>
    /// <exception cref="OperationCanceledException">The caller ended the wait.</exception>
    public static async Task OnceCancelledAsync(Task task, CancellationToken cancellation)
    {
        if (task.IsCompleted || !cancellation.CanBeCanceled)
        {
            await task;
            return;
        }

        // A source of its own, for the reason that Signal gives.
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration given = cancellation.UnsafeRegister(
            static (source, token) => ((TaskCompletionSource)source!).TrySetCanceled(token), over);
        _ = PassOnAsync(task, over);
        await over.Task;
    }

    private static async Task PassOnAsync(Task task, TaskCompletionSource over)
    {
        try
        {
            await task;
            over.TrySetResult();
        }
        catch (Exception fault)
        {
            over.TrySetException(fault);
        }
    }
}
