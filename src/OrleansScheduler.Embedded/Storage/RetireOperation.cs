namespace OrleansScheduler.Embedded.Storage;

/// <summary>Lets a journal go of which nothing is left. Nothing is written: the cleaner removes its row when none of the log names it any more.</summary>
internal sealed class RetireOperation(SqliteJournal journal) : JournalOperation(journal)
{
    public override StorageSite Before => StorageSite.TruncateBefore;

    public override StorageSite After => StorageSite.TruncateAfter;

    public override bool IsWrite => false;

    protected override Exception? Apply(WriteSession session, JournalSlot slot) => null;

    public override void Publish(WriteSession session) => session.Index.Retire(Slot);
}
