using System.Collections.Immutable;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Changes pages of a snapshot and moves it on.</summary>
/// <param name="journal">Whose snapshot.</param>
/// <param name="position">What it stands for afterwards.</param>
/// <param name="pages">Encoded pages by name; null removes.</param>
internal sealed class PagesOperation(
    SqliteJournal journal, long position, ImmutableArray<(string Name, byte[]? Payload)> pages) : JournalOperation(journal)
{
    public override StorageSite Before => StorageSite.PagesBefore;

    public override StorageSite After => StorageSite.PagesAfter;

    public override long Bytes { get; } = pages.Sum(page => (long)(page.Payload?.Length ?? 0));

    protected override Exception? Apply(WriteSession session, JournalSlot slot)
    {
        var marks = slot.Pending;
        if (position < marks.Snapshot || position > marks.End)
        {
            return StoreRefusal.SnapshotConflict(Kind, Key, position, marks.Snapshot, marks.End);
        }

        var count = marks.PageCount;
        foreach (var (name, payload) in pages)
        {
            count += session.Journals.Put(slot.No, name, payload);
        }

        session.Mark(slot, marks with { Snapshot = position, PageCount = count });
        session.Journals.Update(slot, position, count);
        return null;
    }
}
