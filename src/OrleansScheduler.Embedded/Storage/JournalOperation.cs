using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>A request that concerns one journal.</summary>
internal abstract class JournalOperation(SqliteJournal journal) : WriteOperation(journal.Kind, journal.Key)
{
    /// <summary>Known once <see cref="Apply(WriteSession)"/> has begun.</summary>
    protected JournalSlot Slot => journal.Slot ?? throw new InvariantException("A journal is used before it is found.");

    public sealed override Exception? Apply(WriteSession session)
    {
        try
        {
            journal.Slot ??= session.Index.Obtain(Kind, Key);
        }
        catch (CorruptStateException exception)
        {
            return exception;
        }

        return journal.Slot.Damage?.ToException(Kind, Key) ?? Apply(session, journal.Slot);
    }

    protected abstract Exception? Apply(WriteSession session, JournalSlot slot);
}
