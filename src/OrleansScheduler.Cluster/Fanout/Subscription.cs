namespace OrleansScheduler.Cluster.Fanout;

/// <summary>One listener of one topic in this process, with its own bounded queue, so that a slow one harms only itself.</summary>
internal sealed class Subscription(GrainFanout fanout, string topic, Func<ReadOnlyMemory<byte>, ValueTask> onEvent)
    : IThreadPoolWorkItem, IAsyncDisposable
{
    private const int WaitingMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private bool _atWork;
    private bool _over;

    public string Topic => topic;

    /// <summary>Queues the event, or drops it when the listener lags too far behind.</summary>
    public void Offer(ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            if (_over || _waiting.Count >= WaitingMax)
            {
                return;
            }

            _waiting.Enqueue(payload);
            if (_atWork)
            {
                return;
            }

            _atWork = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute() => _ = WorkAsync();

    /// <summary>No event is begun after this; one that is under way may still end.</summary>
    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private async Task WorkAsync()
    {
        try
        {
            while (TryTake(out ReadOnlyMemory<byte> payload))
            {
                await onEvent(payload);
            }
        }
        catch (Exception failure)
        {
            fanout.Report(this, failure);
            End();
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            _atWork = _waiting.TryDequeue(out payload);
            return _atWork;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _over = true;
            _waiting.Clear();
        }

        fanout.Remove(this);
    }
}
