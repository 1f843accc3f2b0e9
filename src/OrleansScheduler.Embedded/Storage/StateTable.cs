namespace OrleansScheduler.Embedded.Storage;

/// <summary>The named states, as the writer uses them.</summary>
internal sealed class StateTable(Database database, long incarnation)
{
    private readonly Statement _etag = database.Prepare("SELECT etag FROM states WHERE kind = ? AND key = ? AND name = ?");
    private readonly Statement _put = database.Prepare("INSERT OR REPLACE INTO states VALUES(?, ?, ?, ?, ?)");
    private readonly Statement _delete = database.Prepare("DELETE FROM states WHERE kind = ? AND key = ? AND name = ?");
    private long _lastETag;

    /// <summary>An ETag that no state ever had: the incarnation parts it from those of earlier openings.</summary>
    public string NextETag() => $"{incarnation}-{++_lastETag}";

    /// <summary>The ETag of a state; null when there is none.</summary>
    public string? ETag(string kind, string key, string name)
    {
        _etag.Bind(1, kind).Bind(2, key).Bind(3, name);
        try
        {
            return _etag.Step() ? _etag.Text(0) : null;
        }
        finally
        {
            _etag.Reset();
        }
    }

    public void Put(string kind, string key, string name, string etag, byte[] payload) =>
        _put.Bind(1, kind).Bind(2, key).Bind(3, name).Bind(4, etag).Bind(5, payload).Run();

    public void Delete(string kind, string key, string name) => _delete.Bind(1, kind).Bind(2, key).Bind(3, name).Run();
}
