using System.Collections.Concurrent;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>A few connections that read beside the writer, on pool threads.</summary>
internal sealed class ReaderPool : IAsyncDisposable
{
    private readonly ConcurrentBag<ReadSession> _idle = [];
    private readonly SemaphoreSlim _free;
    private readonly int _count;
    private readonly int _waitingMax;
    private int _waiting;
    private volatile bool _isClosed;

    public ReaderPool(string path, SqliteStoreOptions options)
    {
        (_count, _waitingMax) = (options.ReaderCount, options.WaitingMax);
        _free = new SemaphoreSlim(_count);
        for (var i = 0; i < _count; i++)
        {
            _idle.Add(new ReadSession(Database.Open(path, readOnly: true)));
        }
    }

    /// <summary>How many read at the same time, at most.</summary>
    public int Count => _count;

    /// <summary>Keeps one connection from being used until <see cref="Release"/>; whoever wants to read waits.</summary>
    /// <param name="wait">How long to wait for a read to end. It comes before all reads that have not begun.</param>
    /// <returns>False when every connection is in use still.</returns>
    public bool TryHold(TimeSpan wait) => _free.Wait(wait);

    /// <summary>Gives back so many connections.</summary>
    public void Release(int held)
    {
        if (held > 0)
        {
            _free.Release(held);
        }
    }

    /// <summary>True when nothing is read any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Runs a read on a pool thread.</summary>
    /// <param name="read">It need not reset its statements.</param>
    /// <param name="fault">Passed before a connection is taken, so that a stall takes none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<T> ReadAsync<T>(Func<ReadSession, T> read, Func<ValueTask> fault, CancellationToken cancellation)
    {
        var answer = Task.Run(() => RunAsync(read, fault, cancellation), cancellation);
        return cancellation.CanBeCanceled ? answer.WaitAsync(cancellation) : answer;
    }

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        for (var i = 0; i < _count; i++)
        {
            await _free.WaitAsync(CancellationToken.None);
        }

        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }

        // Whoever began to wait meanwhile finds no connection, instead of waiting for ever.
        _free.Release(_count);
    }

    private async Task<T> RunAsync<T>(Func<ReadSession, T> read, Func<ValueTask> fault, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > _waitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw StoreRefusal.Overloaded(_waitingMax);
        }

        try
        {
            await fault();
            if (_isClosed)
            {
                throw StoreRefusal.Closed();
            }

            await _free.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return Run(read);
        }
        finally
        {
            _free.Release();
        }
    }

    private T Run<T>(Func<ReadSession, T> read)
    {
        // None is left when the pool was closed while we waited.
        if (!_idle.TryTake(out var session))
        {
            throw StoreRefusal.Closed();
        }

        try
        {
            return read(session);
        }
        catch (DatabaseException exception)
        {
            throw exception.ToStorage();
        }
        finally
        {
            session.End();
            _idle.Add(session);
        }
    }
}
