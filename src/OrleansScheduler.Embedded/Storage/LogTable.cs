namespace OrleansScheduler.Embedded.Storage;

/// <summary>The shared log, as the writer uses it. Rows are only ever added at its end and removed from its beginning.</summary>
internal sealed class LogTable(Database database)
{
    private readonly Statement _insert = database.Prepare("INSERT INTO log VALUES(?, ?, ?, ?, ?)");
    private readonly Statement _oldest = database.Prepare(
        "SELECT id, journal, position, count, length(payload) FROM log ORDER BY id LIMIT ?");
    private readonly Statement _payload = database.Prepare("SELECT payload FROM log WHERE id = ?");
    private readonly Statement _delete = database.Prepare("DELETE FROM log WHERE id <= ?");

    public void Insert(long journal, LogRow row, ReadOnlySpan<byte> payload) => _insert
        .Bind(1, row.Id).Bind(2, journal).Bind(3, row.Position).Bind(4, row.Count).Bind(5, payload)
        .Run();

    /// <summary>The rows at the beginning of the log.</summary>
    public List<(long Journal, LogRow Row)> Oldest(int countMax)
    {
        List<(long Journal, LogRow Row)> rows = [];
        _oldest.Bind(1, countMax);
        try
        {
            while (_oldest.Step())
            {
                rows.Add((_oldest.Integer(1), new LogRow(
                    _oldest.Integer(2), _oldest.Integer(0), (int)_oldest.Integer(3), (int)_oldest.Integer(4))));
            }

            return rows;
        }
        finally
        {
            _oldest.Reset();
        }
    }

    public byte[] Payload(long id)
    {
        _payload.Bind(1, id);
        try
        {
            return _payload.Step() ? _payload.Blob(0).ToArray() : [];
        }
        finally
        {
            _payload.Reset();
        }
    }

    public void DeleteThrough(long id) => _delete.Bind(1, id).Run();
}
