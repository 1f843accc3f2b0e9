namespace OrleansScheduler.Cli.Client;

/// <summary>A time limit that can be renewed.</summary>
internal sealed class Patience : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _over;
    private readonly ITimer _timer;

    public Patience(TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        _limit = limit;
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _timer = time.CreateTimer(_ => End(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time is over, or nobody waits any more.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>Whether the time was over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The time begins again.</summary>
    public void Renew() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _over.Dispose();
    }

    private void End()
    {
        IsOver = true;
        try
        {
            _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer came in the same moment.
        }
    }
}
