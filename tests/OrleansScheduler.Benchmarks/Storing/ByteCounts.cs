namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>What went through a store.</summary>
internal sealed class ByteCounts
{
    private long _entries;
    private long _pages;
    private long _rows;
    private long _snapshots;

    /// <summary>Bytes of entries that were acknowledged.</summary>
    public long Entries => Volatile.Read(ref _entries);

    /// <summary>Bytes of snapshot pages.</summary>
    public long Pages => Volatile.Read(ref _pages);

    /// <summary>Bytes of rows under ETags.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>How many snapshots there were.</summary>
    public long Snapshots => Volatile.Read(ref _snapshots);

    public void Appended(long bytes) => Interlocked.Add(ref _entries, bytes);

    public void Cut(long bytes)
    {
        Interlocked.Add(ref _pages, bytes);
        Interlocked.Increment(ref _snapshots);
    }

    public void RowWritten(long bytes) => Interlocked.Add(ref _rows, bytes);
}
