namespace OrleansScheduler.Embedded.Storage;

/// <summary>
/// Declares rows dead. Nothing is written: which rows are dead follows from the snapshot's position, and the cleaner removes them
/// when it is worth a step.
/// </summary>
internal sealed class TruncateOperation(SqliteJournal journal, long position) : JournalOperation(journal)
{
    public override StorageSite Before => StorageSite.TruncateBefore;

    public override StorageSite After => StorageSite.TruncateAfter;

    public override bool IsWrite => false;

    protected override Exception? Apply(WriteSession session, JournalSlot slot) => position <= slot.Pending.Snapshot
        ? null
        : StoreRefusal.TruncateBeyondSnapshot(Kind, Key, position, slot.Pending.Snapshot);

    public override void Publish(WriteSession session) => session.Index.Dropped(Slot, position);
}
