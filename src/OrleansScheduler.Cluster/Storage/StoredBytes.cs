namespace OrleansScheduler.Cluster.Storage;

/// <summary>The state type of every row in grain storage: sealed bytes. So any provider takes it, whatever its serializer.</summary>
[GenerateSerializer]
[Alias("scheduler.row")]
public sealed class StoredBytes
{
    /// <summary>The bytes; null in a row that does not exist.</summary>
    [Id(0)]
    public byte[]? Content { get; set; }
}
