namespace OrleansScheduler.Embedded.Actors;

/// <summary>The request by which the engine wakes an actor.</summary>
internal sealed class WakeCall(EngineCore core, WakeupEntry entry) : IRequest
{
    private Task? _answer;

    public ITurn? Next { get; set; }

    public Activation? Target { get; set; }

    public void Run()
    {
        var target = Target!;
        if (!target.Admits(this))
        {
            return;
        }

        _answer = Invocation.Start<CancellationToken, Nothing>(
            target.Actor, target.Stopping, static (actor, stopping) => ((Engine.IActor)actor).WakeAsync(stopping));
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
        Fail(reason);
    }

    private void Finish()
    {
        Target!.Answered();
        if (_answer!.IsCompletedSuccessfully)
        {
            core.Wakeups.Complete(entry, failed: false);
        }
        else
        {
            Fail(_answer.Exception?.InnerException ?? new TaskCanceledException(_answer));
        }
    }

    private void Fail(Exception reason)
    {
        EngineLog.WakeFailed(core.Log, reason, entry.Address.Kind, entry.Address.Key);
        core.Wakeups.Complete(entry, failed: true);
    }
}
