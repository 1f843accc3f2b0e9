namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>Rows in the order of kind and key, which are their first two columns; it stands on one of them.</summary>
internal sealed class ActorRows(Statement statement)
{
    /// <summary>Whose row it stands on; null at the end.</summary>
    public (string Kind, string Key)? Actor { get; private set; }

    public bool Stands((string Kind, string Key) actor) => Actor == actor;

    public long Integer(int column) => statement.Integer(column);

    public void Next() => Actor = statement.Step() ? (statement.Text(0), statement.Text(1)) : null;

    /// <summary>Leaves the row of an actor, if it stands on it.</summary>
    public void Pass((string Kind, string Key) actor)
    {
        if (Stands(actor))
        {
            Next();
        }
    }
}
