namespace OrleansScheduler.Embedded.Actors;

/// <summary>A call that waits for its turn; it is the caller's task, the queue's link and the arguments in one object.</summary>
/// <typeparam name="TArgs">All arguments.</typeparam>
/// <typeparam name="TResult">The result, or <see cref="Nothing"/>.</typeparam>
internal class QueuedCall<TArgs, TResult>(in TArgs args, Func<object, TArgs, Task> method)
    : TaskCompletionSource<TResult>, IRequest
{
    private readonly TArgs _args = args;
    private Task? _answer;

    public ITurn? Next { get; set; }

    public Activation? Target { get; set; }

    public void Run()
    {
        if (!Target!.Admits(this))
        {
            return;
        }

        if (!TryStart())
        {
            Target.Answered();
            return;
        }

        _answer = Invocation.Start<TArgs, TResult>(Target.Actor, _args, method);
        if (_answer.IsCompleted)
        {
            Finish();
        }
        else
        {
            _answer.GetAwaiter().UnsafeOnCompleted(Finish);
        }
    }

    public void Refuse(Exception reason)
    {
        Target!.Answered();
        if (TryStart())
        {
            Apart.Complete((Call: this, reason), static refusal => refusal.Call.SetException(refusal.reason));
        }
    }

    /// <summary>Claims the request for its turn; false when its caller gave it up.</summary>
    protected virtual bool TryStart() => true;

    private void Finish()
    {
        Target!.Answered();
        Apart.Complete(this, static call => call.Forward());
    }

    private void Forward()
    {
        if (_answer is Task<TResult> typed)
        {
            SetFromTask(typed);
        }
        else if (_answer!.IsCompletedSuccessfully)
        {
            SetResult(default!);
        }
        else if (_answer.Exception is { } failure)
        {
            SetException(failure.InnerExceptions);
        }
        else
        {
            SetCanceled();
        }
    }
}
