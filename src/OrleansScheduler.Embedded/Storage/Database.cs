using SQLitePCL;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>One connection, for one thread at a time.</summary>
/// <remarks>Directly above the native calls: an ADO.NET command per append costs more than the append.</remarks>
internal sealed class Database : IDisposable
{
    /// <summary>How long a statement waits for a lock of another program before it fails.</summary>
    public const int BusyMilliseconds = 1_000;

    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.</summary>
    private const int NoCheckpointOnClose = 1006;

    private readonly sqlite3 _handle;
    private readonly List<Statement> _statements = [];

    private Database(sqlite3 handle) => _handle = handle;

    /// <summary>True outside of a transaction.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(_handle) != 0;

    /// <summary>Rows that the latest insert, update or delete touched.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    public static Database Open(string path, bool readOnly)
    {
        SqliteLibrary.Load();
        var flags = raw.SQLITE_OPEN_NOMUTEX
            | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var failure = new DatabaseException(code, $"{path} does not open");
            handle?.Dispose();
            throw failure;
        }

        raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        return new Database(handle);
    }

    /// <summary>A statement that lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        var prepared = new Statement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>Runs statements that are needed once.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The first column of the first row; null when there is no row.</summary>
    public long? Ask(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle));
        using var statement = new Statement(this, handle);
        return statement.Step() ? statement.Integer(0) : null;
    }

    /// <summary>The first column of every row.</summary>
    public List<string> AskTexts(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle));
        using var statement = new Statement(this, handle);
        List<string> texts = [];
        while (statement.Step())
        {
            texts.Add(statement.Text(0));
        }

        return texts;
    }

    /// <summary>Whether closing the connection may fold the write-ahead log into the file. It may, unless told otherwise.</summary>
    public void FoldOnClose(bool mayFold) =>
        Check(raw.sqlite3_db_config(_handle, NoCheckpointOnClose, mayFold ? 0 : 1, out _));

    /// <summary>Folds the write-ahead log into the file and empties it. Does what it can at once, and waits for no reader.</summary>
    public void FoldLog()
    {
        raw.sqlite3_busy_timeout(_handle, 0);
        try
        {
            Ask("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        finally
        {
            raw.sqlite3_busy_timeout(_handle, BusyMilliseconds);
        }
    }

    /// <summary>Leaves the transaction, if there is one. SQLite ends some by itself when they fail.</summary>
    public void Rollback()
    {
        if (!IsIdle)
        {
            raw.sqlite3_exec(_handle, "ROLLBACK");
        }
    }

    /// <summary>Pages that this connection wrote since the last call.</summary>
    public int TakePagesWritten()
    {
        raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        return pages;
    }

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure();
        }
    }

    public DatabaseException Failure() =>
        new(raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }
}
