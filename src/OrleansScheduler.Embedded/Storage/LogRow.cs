namespace OrleansScheduler.Embedded.Storage;

/// <summary>One row of the shared log: a group of entries of one journal.</summary>
/// <param name="Position">Position of its first entry.</param>
/// <param name="Id">Its place in the log; changes when it is moved.</param>
/// <param name="Count">Entries in it.</param>
/// <param name="Bytes">Bytes of its payload.</param>
internal readonly record struct LogRow(long Position, long Id, int Count, int Bytes)
{
    /// <summary>Position of its last entry.</summary>
    public long Last => Position + Count - 1;
}
