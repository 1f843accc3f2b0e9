using SQLitePCL;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>A prepared statement. Whoever steps it resets it, so that it holds no lock between uses.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public Statement Bind(int index, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public Statement Bind(int index, string value)
    {
        database.Check(raw.sqlite3_bind_text(handle, index, value));
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>True when it stands on a row, false when there are no more.</summary>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw database.Failure(),
    };

    /// <summary>Steps a statement without rows, and resets it.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(handle);
            return;
        }

        var failure = database.Failure();
        raw.sqlite3_reset(handle);
        throw failure;
    }

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    /// <summary>Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Reset() => raw.sqlite3_reset(handle);

    public void Dispose() => handle.Dispose();
}
