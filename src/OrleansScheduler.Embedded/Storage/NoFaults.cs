namespace OrleansScheduler.Embedded.Storage;

/// <summary>Lets everything pass.</summary>
public sealed class NoFaults : IStorageFaults
{
    private NoFaults()
    {
    }

    /// <summary>The only one.</summary>
    public static NoFaults Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask AtAsync(StorageSite site, string kind, string key) => default;
}
