namespace OrleansScheduler.Cluster.Activations;

/// <summary>Foreign code on its way outside of an actor, and the promise of its result.</summary>
/// <typeparam name="T">What it brings back.</typeparam>
internal sealed class OutsideWork<T> : TaskCompletionSource<T>, IThreadPoolWorkItem
{
    private readonly ClusterActivation _activation;
    private readonly Func<CancellationToken, Task<T>> _work;
    private readonly CancellationToken _stopping;

    /// <summary>Counts as under way from now on.</summary>
    public OutsideWork(ClusterActivation activation, Func<CancellationToken, Task<T>> work, CancellationToken stopping)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        _activation = activation;
        _work = work;
        _stopping = stopping;
        _activation.Hold();
    }

    public void Execute() => _ = FinishAsync();

    private async Task FinishAsync()
    {
        try
        {
            SetResult(await _work(_stopping));
        }
        catch (OperationCanceledException canceled)
        {
            SetCanceled(canceled.CancellationToken);
        }
        catch (Exception fault)
        {
            SetException(fault);
        }

        // After the result, whose turn is now in the queue: the collector must not come between.
        _activation.Release();
    }
}
