namespace OrleansScheduler.Cluster.Activations;

/// <summary>A timer of an actor: it comes due outside and runs its turn once, through the scheduler of the grain.</summary>
/// <remarks>Orleans has timers of its own. These follow the clock of the scheduler, and keep the actor from being collected.</remarks>
internal sealed class ActivationTimer(ClusterActivation activation, Func<Task> turn) : IDisposable
{
    private const int Armed = 0;
    private const int Over = 1;

    private ITimer? _timer;
    private int _state;

    /// <summary>Arms the timer; a due time of zero goes to the scheduler at once.</summary>
    public void Start(TimeSpan due, TimeProvider time)
    {
        if (activation.IsDead)
        {
            _state = Over;
            return;
        }

        activation.Hold();
        if (due == TimeSpan.Zero)
        {
            activation.Queue(Run);
            return;
        }

        _timer = time.CreateTimer(static timer => ((ActivationTimer)timer!).ComeDue(), this, due, Timeout.InfiniteTimeSpan);
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
            activation.Queue(Run);
        }
    }

    private void Run()
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

    private async Task RunTurnAsync()
    {
        try
        {
            await turn();
        }
        catch (Exception failure)
        {
            ClusterLog.TimerFailed(activation.Process.Log, failure, activation.Kind, activation.Key);
        }
        finally
        {
            activation.Release();
        }
    }
}
