namespace OrleansScheduler.Embedded.Actors;

/// <summary>Foreign code on its way outside of an actor, and the promise of its result.</summary>
/// <typeparam name="T">What it brings back.</typeparam>
internal sealed class OutsideWork<T> : TaskCompletionSource<T>, IThreadPoolWorkItem
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task<T>> _work;
    private readonly CancellationToken _stopping;

    /// <summary>Counts as under way from now on.</summary>
    internal OutsideWork(Activation activation, Func<CancellationToken, Task<T>> work, CancellationToken stopping)
    {
        _activation = activation;
        _work = work;
        _stopping = stopping;
        _activation.Hold();
        _activation.Kind.Core.Outside.Begin();
    }

    public void Execute() => _ = FinishAsync(CallAsync());

    private async Task<T> CallAsync() => await _work(_stopping);

    private async Task FinishAsync(Task<T> call)
    {
        try
        {
            await call;
        }
        catch (Exception)
        {
            // It is handed on below, as every other outcome.
        }

        Apart.Complete((Work: this, call), static done => done.Work.SetFromTask(done.call));

        // After the result, whose turn is now in the queue: the collector must not come between.
        _activation.Release();
        _activation.Kind.Core.Outside.End();
    }
}
