namespace OrleansScheduler.Cluster.Fanout;

/// <summary>The way of one topic's events to one process: in order, because the next leave when those before have arrived.</summary>
/// <remarks>Lives in the turns of the topic's grain. Messages that nobody waits for may overtake each other.</remarks>
internal sealed class FanoutLink(IFanoutListener listener, string topic)
{
    private const int WaitingMax = 1_000;
    private const int BatchMax = 100;
    private const int BatchBytesMax = 1 << 20;

    private readonly Queue<byte[]> _waiting = new();
    private bool _sending;
    private long _told;

    /// <summary>Until when the process counts as a listener without telling again.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>True when the process did not answer, or listens no more; until it tells again.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The process has told that it listens.</summary>
    public void Renew(DateTimeOffset until)
    {
        (Until, IsOver) = (until, false);
        _told++;
    }

    /// <summary>Sends the event after those before it, or drops it when the process lags too far behind.</summary>
    public void Offer(byte[] payload)
    {
        if (_waiting.Count >= WaitingMax)
        {
            return;
        }

        _waiting.Enqueue(payload);
        if (!_sending)
        {
            _sending = true;
            _ = SendAsync();
        }
    }

    private async Task SendAsync()
    {
        while (_waiting.Count > 0)
        {
            long told = _told;
            bool listens;
            try
            {
                listens = await listener.OnEventsAsync(topic, Take());
            }
            catch (Exception)
            {
                // The process is gone, or out of reach. If it lives, it tells again.
                listens = false;
            }

            // Whoever told while the answer was on its way listens again.
            if (!listens && told == _told)
            {
                IsOver = true;
                _waiting.Clear();
            }
        }

        _sending = false;
    }

    private byte[][] Take()
    {
        List<byte[]> batch = [];
        for (int bytes = 0; batch.Count < BatchMax && bytes < BatchBytesMax && _waiting.TryDequeue(out byte[]? payload); bytes += payload.Length)
        {
            batch.Add(payload);
        }

        return [.. batch];
    }
}
