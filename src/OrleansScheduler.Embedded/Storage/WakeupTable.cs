namespace OrleansScheduler.Embedded.Storage;

/// <summary>The wake-ups, as the writer uses them.</summary>
internal sealed class WakeupTable(Database database)
{
    private readonly Statement _put = database.Prepare("INSERT OR REPLACE INTO wakeups VALUES(?, ?, ?)");
    private readonly Statement _delete = database.Prepare("DELETE FROM wakeups WHERE kind = ? AND key = ?");

    public void Put(string kind, string key, DateTimeOffset due) =>
        _put.Bind(1, kind).Bind(2, key).Bind(3, due.UtcTicks).Run();

    public void Delete(string kind, string key) => _delete.Bind(1, kind).Bind(2, key).Run();
}
