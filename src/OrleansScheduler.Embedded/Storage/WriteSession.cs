namespace OrleansScheduler.Embedded.Storage;

/// <summary>The writer's connection with everything prepared on it, and the transaction under way.</summary>
internal sealed class WriteSession(Database database, JournalIndex index, long incarnation)
{
    private readonly Statement _begin = database.Prepare("BEGIN IMMEDIATE");
    private readonly Statement _commit = database.Prepare("COMMIT");
    private readonly List<JournalSlot> _touched = [];

    public Database Database => database;

    public JournalIndex Index => index;

    public LogTable Log { get; } = new(database);

    public JournalTable Journals { get; } = new(database);

    public StateTable States { get; } = new(database, incarnation);

    public WakeupTable Wakeups { get; } = new(database);

    public void Begin()
    {
        database.Rollback();
        _begin.Run();
    }

    public void Commit() => _commit.Run();

    /// <summary>Changes the marks of a journal for the time after the commit, and creates its row when it has none.</summary>
    public void Mark(JournalSlot slot, JournalMarks marks)
    {
        if (!slot.IsTouched)
        {
            slot.IsTouched = true;
            _touched.Add(slot);
        }

        if (!slot.Pending.IsStored)
        {
            Journals.Insert(slot);
        }

        slot.IsRetired = false;
        slot.Pending = marks with { IsStored = true };
    }

    /// <summary>The transaction is durable: its marks hold.</summary>
    public void Publish()
    {
        foreach (var slot in _touched)
        {
            slot.Commit();
        }

        _touched.Clear();
    }

    /// <summary>Nothing of the transaction happened.</summary>
    public void Rollback()
    {
        database.Rollback();
        foreach (var slot in _touched)
        {
            slot.Rollback();
        }

        _touched.Clear();
    }
}
