namespace OrleansScheduler.Conformance.Probes;

/// <summary>Waits that stay in the context of whoever waits. Those of <see cref="Task"/> go on through the thread pool, where no seed has a say.</summary>
public static class Waits
{
    /// <summary>Ends when one of the two has ended, however it did.</summary>
    public static Task EitherAsync(Task one, Task other)
    {
        var either = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = PassOnAsync(one, either);
        _ = PassOnAsync(other, either);
        return either.Task;
    }

    /// <summary>Ends with the task, or as cancelled.</summary>
    public static async Task OrCancelledAsync(Task task, CancellationToken cancellation)
    {
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
