namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>What small changes of a space made storage write.</summary>
/// <param name="Commits">How many changes.</param>
/// <param name="EntryBytes">Bytes of the entries of all journals, which is what was acknowledged.</param>
/// <param name="PageBytes">Bytes of snapshot pages.</param>
/// <param name="RowBytes">Bytes of rows under ETags; 0 when the journals are not in rows.</param>
/// <param name="Snapshots">Snapshots of all journals.</param>
/// <param name="FileBytes">Bytes passed to the file system: the write-ahead log, and the file when that log is folded into it.</param>
/// <param name="DiskBytes">Bytes that the operating system counts as sent to the disk.</param>
internal sealed record StoringCost(
    long Commits, long EntryBytes, long PageBytes, long RowBytes, long Snapshots, long FileBytes, long DiskBytes)
{
    /// <summary>From the first call after a start to its answer.</summary>
    public double LoadMilliseconds { get; init; }

    /// <summary>What the journals write themselves, per byte of entries.</summary>
    public double PerByte => RowBytes > 0 ? (double)RowBytes / EntryBytes : (double)(EntryBytes + PageBytes) / EntryBytes;

    /// <summary>What the operating system sees of it.</summary>
    public double FilePerByte => (double)FileBytes / EntryBytes;

    public double DiskPerByte => (double)DiskBytes / EntryBytes;
}
