namespace OrleansScheduler.Embedded.Actors;

/// <summary>Looks at every activation once per interval and asks those without requests to end.</summary>
/// <remarks>Requests leave only a mark: reading the clock in each would cost a third of an inline call. So an actor goes
/// between one and three intervals late.</remarks>
internal sealed class IdleCollector : IDisposable
{
    private readonly EngineCore _core;
    private readonly ITimer _timer;

    internal IdleCollector(EngineCore core)
    {
        _core = core;
        var interval = core.Options.CollectionInterval;
        _timer = core.Environment.Time.CreateTimer(static collector => ((IdleCollector)collector!).Sweep(), this, interval, interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        var time = _core.Environment.Time;
        var now = time.GetTimestamp();
        foreach (var activation in _core.Live)
        {
            if (activation.Touched)
            {
                activation.Touched = false;
                activation.IdleSince = now;
            }
            else if (activation.LooksIdle && time.GetElapsedTime(activation.IdleSince, now) >= _core.Options.IdleAfter)
            {
                activation.EndIfIdle();
            }
        }
    }
}
