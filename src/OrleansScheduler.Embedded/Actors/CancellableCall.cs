namespace OrleansScheduler.Embedded.Actors;

/// <summary>A queued call whose caller can give it up until it starts.</summary>
/// <typeparam name="TArgs">All arguments.</typeparam>
/// <typeparam name="TResult">The result, or <see cref="Nothing"/>.</typeparam>
internal sealed class CancellableCall<TArgs, TResult>(in TArgs args, Func<object, TArgs, Task> method)
    : QueuedCall<TArgs, TResult>(args, method)
{
    private CancellationTokenRegistration _registration;
    private int _claimed;

    /// <summary>Begins to listen to the caller's token; before the call is queued.</summary>
    internal void Watch(CancellationToken cancellation) =>
        _registration = cancellation.UnsafeRegister(static (call, token) => ((CancellableCall<TArgs, TResult>)call!).GiveUp(token), this);

    protected override bool TryStart()
    {
        if (Interlocked.Exchange(ref _claimed, 1) != 0)
        {
            return false;
        }

        _registration.Unregister();
        return true;
    }

    // The call stays in the queue, and in the count of unanswered ones, until its turn drops it: it still takes memory.
    private void GiveUp(CancellationToken token)
    {
        if (Interlocked.Exchange(ref _claimed, 1) == 0)
        {
            Apart.Complete((Call: this, token), static given => given.Call.SetCanceled(given.token));
        }
    }
}
