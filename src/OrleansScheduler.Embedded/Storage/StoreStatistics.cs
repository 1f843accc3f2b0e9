namespace OrleansScheduler.Embedded.Storage;

/// <summary>Counters of a store since it was opened, all of one moment.</summary>
/// <param name="Appends">Acknowledged appends.</param>
/// <param name="Entries">Entries in them.</param>
/// <param name="Groups">Committed transactions that carried operations; at most one per operation.</param>
/// <param name="BytesAcknowledged">Bytes of content in acknowledged appends, pages and states.</param>
/// <param name="BytesWritten">Bytes that went to the write-ahead log for them and for cleaning; 0 in memory. The file proper
/// receives at most as many again when the log is folded into it.</param>
/// <param name="RowsLive">Rows of the log that a load may need.</param>
/// <param name="BytesLive">Bytes in them.</param>
/// <param name="BytesDead">Bytes of rows that wait to be cleaned away.</param>
/// <param name="RowsDamaged">Rows of the log that did not fit their checksum when the store was opened. Their journals refuse to
/// load; a row that names no journal concerns one that cannot be told.</param>
/// <param name="Cleanings">Cleaning steps that removed rows.</param>
/// <param name="Waiting">Operations that wait to be taken by the writer.</param>
/// <param name="IsDegraded">True while the latest transaction failed.</param>
/// <param name="LastFailure">The latest failure since opening; null when there was none.</param>
public sealed record StoreStatistics(
    long Appends,
    long Entries,
    long Groups,
    long BytesAcknowledged,
    long BytesWritten,
    long RowsLive,
    long BytesLive,
    long BytesDead,
    long RowsDamaged,
    long Cleanings,
    int Waiting,
    bool IsDegraded,
    StoreFailure? LastFailure)
{
    /// <summary>For how long the transaction has been under way that is being written now; null when there is none.</summary>
    public TimeSpan? UnderWay { get; init; }

    /// <summary>The length of the write-ahead log, of what is not folded into the file or may be written over; 0 in memory.</summary>
    public long LogBytes { get; init; }

    /// <summary>True while that is longer than <see cref="SqliteStoreOptions.SlowAfter"/>.</summary>
    public bool IsSlow { get; init; }

    /// <summary>The first damage that was found when the store was opened; it stands as long as the store is open. Null for none.</summary>
    public StoreFailure? Finding { get; init; }

    /// <summary>Nothing happened yet.</summary>
    public static StoreStatistics Empty { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, null);
}
