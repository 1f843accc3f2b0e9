namespace OrleansScheduler.Embedded.Storage;

/// <summary>The journals and their pages, as the writer uses them.</summary>
internal sealed class JournalTable(Database database)
{
    private readonly Statement _insert = database.Prepare("INSERT INTO journals VALUES(?, ?, ?, ?, ?, ?)");
    private readonly Statement _update = database.Prepare(
        "UPDATE journals SET snapshot_position = ?, pages = ?, checksum = ? WHERE no = ?");
    private readonly Statement _delete = database.Prepare("DELETE FROM journals WHERE no = ?");
    private readonly Statement _insertPage = database.Prepare("INSERT INTO pages VALUES(?, ?, ?)");
    private readonly Statement _updatePage = database.Prepare("UPDATE pages SET payload = ? WHERE journal = ? AND name = ?");
    private readonly Statement _deletePage = database.Prepare("DELETE FROM pages WHERE journal = ? AND name = ?");

    public void Insert(JournalSlot slot) => _insert
        .Bind(1, slot.No).Bind(2, slot.Kind).Bind(3, slot.Key)
        .Bind(4, slot.Pending.Snapshot).Bind(5, slot.Pending.PageCount).Bind(6, slot.RowSum(slot.Pending.Snapshot, slot.Pending.PageCount))
        .Run();

    public void Delete(long no) => _delete.Bind(1, no).Run();

    public void Update(JournalSlot slot, long snapshot, long pageCount) => _update
        .Bind(1, snapshot).Bind(2, pageCount).Bind(3, slot.RowSum(snapshot, pageCount)).Bind(4, slot.No)
        .Run();

    /// <summary>Writes or removes a page.</summary>
    /// <returns>By how much the number of pages changed.</returns>
    public int Put(long journal, string name, byte[]? payload)
    {
        if (payload is null)
        {
            _deletePage.Bind(1, journal).Bind(2, name).Run();
            return -database.Changes;
        }

        _updatePage.Bind(1, payload).Bind(2, journal).Bind(3, name).Run();
        if (database.Changes > 0)
        {
            return 0;
        }

        _insertPage.Bind(1, journal).Bind(2, name).Bind(3, payload).Run();
        return 1;
    }
}
