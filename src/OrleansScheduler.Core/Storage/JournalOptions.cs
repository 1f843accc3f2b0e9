namespace OrleansScheduler.Core.Storage;

/// <summary>Limits of a journal.</summary>
internal sealed record JournalOptions
{
    /// <summary>Entries per append, 1 to 1,000.</summary>
    public int GroupEntriesMax { get; init; } = 1_000;

    /// <summary>Bytes per append; a larger single entry goes alone.</summary>
    public int GroupBytesMax { get; init; } = 1 << 20;

    /// <summary>A snapshot follows after this many bytes of entries, and not before as many as it would write.</summary>
    public int SnapshotBytesMin { get; init; } = 256 << 10;

    /// <summary>At an orderly end no snapshot is begun that would write more.</summary>
    public int RestBytesMax { get; init; } = 32 << 20;

    /// <summary>False to write what the release before this one reads as well, for as long as one may have to go back to it or
    /// silos of it still run; true to write the newest formats. What is stored is read in either case.</summary>
    public bool WritesNewestFormats { get; init; } = StoredFormats.AreNewest;

    /// <summary>How far ahead the wake-up is set that an open actor holds.</summary>
    public TimeSpan WakeupAhead { get; init; } = TimeSpan.FromSeconds(60);
}
