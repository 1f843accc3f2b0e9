using OrleansScheduler.Benchmarks.Measuring;
using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Benchmarks.Commits;

/// <summary>The peer: prepared inserts, and one thread that commits everything that waits as one transaction.</summary>
/// <remarks>
/// The same SQLite library, the same settings of the connection and the same native calls as our store, which is where the
/// connection comes from. Nothing else of the product: no journal, no checksum, no actor.
/// </remarks>
internal sealed class RawWriter : IDurableWriter
{
    private readonly string _path;
    private readonly SlowFlush _disk;
    private readonly object _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<RawInsert> _waiting = [];
    private bool _isClosed;
    private long _flushes;

    public RawWriter(string folder, SlowFlush disk)
    {
        _path = Path.Combine(folder, "raw.db");
        _disk = disk;
        var database = Database.Open(_path, readOnly: false);
        Schema.Prepare(database, new SqliteStoreOptions { Folder = folder });
        database.Execute("CREATE TABLE raw(id INTEGER PRIMARY KEY, payload BLOB NOT NULL)");
        new Thread(() => Run(database)) { IsBackground = true, Name = "raw inserts" }.Start();
    }

    public long Flushes => Volatile.Read(ref _flushes);

    public Task WriteAsync(int caller, long number)
    {
        var insert = new RawInsert(Payload.Utf8(caller, number));
        lock (_gate)
        {
            _waiting.Add(insert);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }

        return insert.Task;
    }

    public void Accept(int caller, long number, Task write)
    {
    }

    public async Task VerifyAsync(long[] numbers)
    {
        await DisposeAsync();
        var seen = new long[numbers.Length];
        using var database = Database.Open(_path, readOnly: true);
        var rows = database.Prepare("SELECT payload FROM raw ORDER BY id");
        while (rows.Step())
        {
            var (caller, number) = Payload.Read(rows.Blob(0));
            WrongResultException.Unless(number == ++seen[caller], $"raw insert {number} of caller {caller} came as {seen[caller]}");
        }

        WrongResultException.Unless(seen.AsSpan().SequenceEqual(numbers), $"{seen.Sum()} of {numbers.Sum()} raw inserts are stored");
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }

        await _ended.Task;
    }

    private void Run(Database database)
    {
        List<RawInsert> group = [];
        try
        {
            var begin = database.Prepare("BEGIN IMMEDIATE");
            var insert = database.Prepare("INSERT INTO raw VALUES(NULL, ?)");
            var commit = database.Prepare("COMMIT");
            while (Take(ref group))
            {
                begin.Run();
                group.ForEach(one => insert.Bind(1, one.Payload).Run());
                _disk.Pass();
                commit.Run();
                _flushes++;
                group.ForEach(one => one.SetResult());
                group.Clear();
            }

            database.Dispose();
            _ended.SetResult();
        }
        catch (DatabaseException failure)
        {
            group.ForEach(one => one.TrySetException(failure));
            _ended.SetException(failure);
        }
    }

    /// <summary>Everything that waits, in exchange for an empty list; false when it is closed and nothing waits.</summary>
    private bool Take(ref List<RawInsert> group)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            (group, _waiting) = (_waiting, group);
            return group.Count > 0;
        }
    }
}
