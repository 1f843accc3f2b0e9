namespace OrleansScheduler.Web.Requests;

/// <summary>Counts the requests under way, up to a limit.</summary>
/// <param name="requestsMax">At least 1.</param>
internal sealed class RequestGate(int requestsMax)
{
    private int _underWay;

    /// <summary>The limit.</summary>
    public int RequestsMax => requestsMax;

    /// <summary>True when the request may go on; it then leaves exactly once.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) <= requestsMax)
        {
            return true;
        }

        Interlocked.Decrement(ref _underWay);
        return false;
    }

    /// <summary>The request is over.</summary>
    public void Leave() => Interlocked.Decrement(ref _underWay);
}
