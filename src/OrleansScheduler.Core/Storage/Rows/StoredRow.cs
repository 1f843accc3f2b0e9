namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>A row and what is known of it. References to it name its number and its checksum, hence one version of it.</summary>
internal sealed class StoredRow
{
    /// <summary>From 1; 0 while the row has no place.</summary>
    public long Number { get; set; }

    /// <summary>The checksum of the content that is meant.</summary>
    public uint Sum { get; set; }

    /// <summary>The version last seen; null when the row was never written.</summary>
    public string? ETag { get; set; }

    /// <summary>The stored length.</summary>
    public int Bytes { get; set; }
}
