namespace OrleansScheduler.Embedded.Storage;

/// <summary>One reading connection with everything prepared on it.</summary>
internal sealed class ReadSession : IDisposable
{
    private readonly Database _database;
    private readonly Statement _begin;

    public ReadSession(Database database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN");
        Journal = database.Prepare("SELECT snapshot_position, pages, checksum FROM journals WHERE no = ?");
        Pages = database.Prepare("SELECT name, payload FROM pages WHERE journal = ?");
        LogRow = database.Prepare("SELECT journal, position, count, payload FROM log WHERE id = ?");
        State = database.Prepare("SELECT etag, payload FROM states WHERE kind = ? AND key = ? AND name = ?");
        Wakeups = database.Prepare(
            "SELECT kind, key, due, checksum FROM wakeups WHERE (kind, key) > (?, ?) ORDER BY kind, key LIMIT ?");
    }

    public Statement Journal { get; }

    public Statement Pages { get; }

    public Statement LogRow { get; }

    public Statement State { get; }

    public Statement Wakeups { get; }

    /// <summary>Begins a transaction; what it sees is settled by the first read.</summary>
    public void Begin() => _begin.Run();

    /// <summary>Resets every statement and leaves the transaction, if there is one.</summary>
    public void End()
    {
        Journal.Reset();
        Pages.Reset();
        LogRow.Reset();
        State.Reset();
        Wakeups.Reset();
        _database.Rollback();
    }

    public void Dispose() => _database.Dispose();
}
