namespace OrleansScheduler.Embedded.Storage;

/// <summary>Adds a row to the log.</summary>
internal sealed class AppendOperation(SqliteJournal journal, long expectedPosition, int count, byte[] payload)
    : JournalOperation(journal)
{
    private LogRow _row;

    public override StorageSite Before => StorageSite.AppendBefore;

    public override StorageSite After => StorageSite.AppendAfter;

    public override long Bytes => payload.Length;

    public override int Entries => count;

    protected override Exception? Apply(WriteSession session, JournalSlot slot)
    {
        var marks = slot.Pending;
        if (marks.End != expectedPosition)
        {
            return StoreRefusal.Conflict(Kind, Key, expectedPosition, marks.End);
        }

        _row = new LogRow(expectedPosition + 1, ++session.Index.LastLogId, count, payload.Length);
        session.Mark(slot, marks with { End = _row.Last });
        session.Log.Insert(slot.No, _row, payload);
        return null;
    }

    public override void Publish(WriteSession session) => session.Index.Added(Slot, _row);
}
