namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Limits of a journal over rows. All but the tests use the defaults.</summary>
internal sealed record RowOptions
{
    /// <summary>Bytes of entries in the head row; every append rewrites them. More than 4 KiB was ruinous.</summary>
    public int TailBytesMax { get; init; } = 4 << 10;

    /// <summary>Bytes of content per row; longer entries and pages take several rows.</summary>
    public int ChunkBytesMax { get; init; } = 16 << 20;

    /// <summary>References per node of the page table.</summary>
    public int NodeReferencesMax { get; init; } = 64;

    /// <summary>Pages that the head names itself; with more of them the table's root has a row of its own.</summary>
    public int InlinePagesMax { get; init; } = 8;

    /// <summary>Segments of one level that become one of the next, so that the head names few of many.</summary>
    public int SegmentsPerLevel { get; init; } = 12;

    /// <summary>References of the head altogether: 11 segments on each of 5 levels and 8 pages.</summary>
    public int HeadReferencesMax { get; init; } = 64;

    /// <summary>Rows that are read or written at the same time.</summary>
    public int RowsAtOnce { get; init; } = 16;

    /// <summary>Rows that one truncation empties.</summary>
    public int TrimmedRowsMax { get; init; } = 4;

    /// <summary>Free rows of at most so many bytes are not worth emptying.</summary>
    public int TrimBytesMin { get; init; } = 16 << 10;
}
