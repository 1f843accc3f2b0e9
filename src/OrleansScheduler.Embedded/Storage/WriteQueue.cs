using System.Collections.Immutable;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>What waits for the writer, in the order in which it came.</summary>
internal sealed class WriteQueue(SqliteStoreOptions options, TimeProvider time)
{
    /// <summary>So many share the cost of a flush well enough; for more nobody waits.</summary>
    private const int GatherMax = 256;

    /// <summary>Some microseconds in which nobody came: those who were answered do something else.</summary>
    private const int IdleYieldsMax = 32;

    /// <summary>On a busy machine a single yield may take as long as a flush; then one is enough.</summary>
    private static readonly TimeSpan IdleMax = TimeSpan.FromMicroseconds(100);

    /// <summary>Monitor instead of <see cref="Lock"/>: the writer sleeps on it.</summary>
    private readonly object _gate = new();
    private readonly Queue<WriteOperation> _waiting = new();

    /// <summary>What was taken and is being written.</summary>
    private readonly List<WriteOperation> _underWay = [];
    private volatile int _waitingCount;
    private long _groupBytes;
    private bool _isClosed;
    private volatile bool _isAbandoned;
    private bool _isWriterAsleep;

    /// <summary>How many wait. Read without the lock: a writer that asks often must not hold up those who come.</summary>
    public int Waiting => _waitingCount;

    /// <summary>True when nobody waits any more for what is being written.</summary>
    public bool IsAbandoned => _isAbandoned;

    /// <summary>Lets an operation wait, or fails it when it may not.</summary>
    public void Add(WriteOperation operation)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                operation.Refuse(StoreRefusal.Closed());
            }
            else if (_waiting.Count >= options.WaitingMax)
            {
                operation.Refuse(StoreRefusal.Overloaded(options.WaitingMax));
            }
            else
            {
                _waiting.Enqueue(operation);
                _waitingCount = _waiting.Count;
                Wake();
            }
        }
    }

    /// <summary>Takes the beginning of a group; with <paramref name="mayWait"/>, sleeps until there is one or the queue is
    /// closed.</summary>
    /// <returns>False when the queue is closed and empty: there will never be another.</returns>
    public bool Take(List<WriteOperation> group, bool mayWait)
    {
        if (mayWait)
        {
            AwaitArrival();
        }

        lock (_gate)
        {
            while (mayWait && _waiting.Count == 0 && !_isClosed)
            {
                _isWriterAsleep = true;
                Monitor.Wait(_gate);
            }

            _groupBytes = 0;
            _underWay.Clear();
            Move(group);
            return group.Count > 0 || !_isClosed;
        }
    }

    /// <summary>
    /// Adds those who came while the group was being written. Callers who were just answered get the moment they need to come
    /// back: otherwise half of them always miss the commit that the other half began, and every flush carries half of what it could.
    /// </summary>
    /// <param name="group">What was taken so far.</param>
    /// <param name="expected">How many may come in all.</param>
    /// <returns>False when nobody came.</returns>
    public bool TakeMore(List<WriteOperation> group, int expected)
    {
        var count = group.Count;
        if (count >= Math.Min(expected, GatherMax) || !AwaitArrival())
        {
            return false;
        }

        lock (_gate)
        {
            Move(group);
        }

        return group.Count > count;
    }

    /// <summary>Lets nothing more in; what waits is still taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Wake();
        }
    }

    /// <summary>Keeps the writer from trying again at once; ends early when the queue is abandoned.</summary>
    public void Pause(TimeSpan pause)
    {
        lock (_gate)
        {
            if (!_isAbandoned)
            {
                _isWriterAsleep = false;
                Monitor.Wait(_gate, pause);
            }
        }
    }

    /// <summary>Fails what still waits and what is being written.</summary>
    /// <returns>Whose writes those were, as kind and key.</returns>
    public ImmutableArray<string> Abandon()
    {
        lock (_gate)
        {
            (_isClosed, _isAbandoned) = (true, true);
            var unfinished = _underWay.Where(one => !one.Task.IsCompleted).ToList();
            string[] names = [.. unfinished.Concat(_waiting).Where(one => one.Kind.Length > 0).Select(one => $"{one.Kind}/{one.Key}")];
            unfinished.ForEach(one => one.GiveUp());
            while (_waiting.TryDequeue(out var operation))
            {
                operation.Refuse(StoreRefusal.Closed());
            }

            _waitingCount = 0;
            Monitor.Pulse(_gate);
            return [.. names.Distinct().Order(StringComparer.Ordinal)];
        }
    }

    private bool AwaitArrival()
    {
        var start = time.GetTimestamp();
        for (var yields = 0; _waitingCount == 0 && yields < IdleYieldsMax && time.GetElapsedTime(start) < IdleMax; yields++)
        {
            Thread.Yield();
        }

        return _waitingCount > 0;
    }

    private void Move(List<WriteOperation> group)
    {
        while (group.Count < options.GroupEntriesMax && _waiting.TryPeek(out var next))
        {
            _groupBytes += next.Bytes;
            if (group.Count > 0 && _groupBytes > options.GroupBytesMax)
            {
                break;
            }

            var operation = _waiting.Dequeue();
            group.Add(operation);
            _underWay.Add(operation);
        }

        _waitingCount = _waiting.Count;
    }

    private void Wake()
    {
        if (_isWriterAsleep)
        {
            _isWriterAsleep = false;
            Monitor.Pulse(_gate);
        }
    }
}
