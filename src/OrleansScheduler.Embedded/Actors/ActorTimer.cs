namespace OrleansScheduler.Embedded.Actors;

/// <summary>A timer of an actor: it comes due outside and runs its turn once, through the mailbox.</summary>
internal sealed class ActorTimer(Activation activation, Func<Task> turn) : ITurn, IDisposable
{
    private const int Armed = 0;
    private const int Over = 1;

    private ITimer? _timer;
    private int _state;

    public ITurn? Next { get; set; }

    /// <summary>Arms the timer; a due time of zero goes to the mailbox at once.</summary>
    internal void Start(TimeSpan due, TimeProvider time)
    {
        if (activation.IsDead)
        {
            _state = Over;
            return;
        }

        activation.Hold();
        if (due == TimeSpan.Zero)
        {
            activation.Enqueue(this);
            return;
        }

        _timer = time.CreateTimer(static timer => ((ActorTimer)timer!).ComeDue(), this, due, Timeout.InfiniteTimeSpan);
    }

    public void Run()
    {
        if (Interlocked.Exchange(ref _state, Over) != Armed)
        {
            return;
        }

        _timer?.Dispose();
        if (activation.IsDead)
        {
            activation.Release();
            return;
        }

        _ = RunTurnAsync();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _state, Over) == Armed)
        {
            _timer?.Dispose();
            activation.Release();
        }
    }

    private void ComeDue()
    {
        if (Volatile.Read(ref _state) == Armed)
        {
            activation.Enqueue(this);
        }
    }

    private async Task RunTurnAsync()
    {
        try
        {
            await turn();
        }
        catch (Exception failure)
        {
            EngineLog.TimerFailed(activation.Kind.Core.Log, failure, activation.Kind.Name, activation.Key);
        }
        finally
        {
            activation.Release();
        }
    }
}
