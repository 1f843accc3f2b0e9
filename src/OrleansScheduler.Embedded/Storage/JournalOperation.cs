using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>A request that concerns one journal.</summary>
internal abstract class JournalOperation(SqliteJournal journal) : WriteOperation(journal.Kind, journal.Key)
{
    private JournalSlot? _slot;

    /// <summary>Known once <see cref="Apply(WriteSession)"/> has begun.</summary>
    protected JournalSlot Slot => _slot ?? throw new InvariantException("A journal is used before it is found.");

    public sealed override Exception? Apply(WriteSession session)
    {
        try
        {
            _slot = journal.Slot ??= session.Index.Obtain(Kind, Key);
        }
        catch (CorruptStateException exception)
        {
            return exception;
        }

        if (IsWrite && _slot.IsGone && !session.Index.TryRestore(_slot))
        {
            return StoreRefusal.Removed(Kind, Key);
        }

        return _slot.Damage?.ToException(Kind, Key) ?? Apply(session, _slot);
    }

    protected abstract Exception? Apply(WriteSession session, JournalSlot slot);
}
