namespace OrleansScheduler.Core.Storage.Background;

/// <summary>That background writing fails, succeeds again, or was given up.</summary>
/// <param name="Event"><see cref="Degraded"/>, <see cref="Recovered"/> or <see cref="Lost"/>.</param>
/// <param name="Kind">The kind of the actor.</param>
/// <param name="Key">Its key.</param>
/// <param name="Target">What is written.</param>
/// <param name="Reason">The stable code of the failure; null after a recovery.</param>
/// <param name="Message">What failed, for people; null after a recovery.</param>
/// <param name="At">When; UTC.</param>
internal sealed record StorageNews(
    string Event, string Kind, string Key, string Target, string? Reason, string? Message, DateTimeOffset At)
{
    /// <summary>Where it is told.</summary>
    public const string Topic = "ops/storage";

    public const string Degraded = "storage_degraded";

    public const string Recovered = "storage_recovered";

    /// <summary>The actor has ended with something unwritten: nobody tries any more.</summary>
    public const string Lost = "storage_lost";
}
