namespace OrleansScheduler.Embedded.Storage;

/// <summary>What a test, a simulation or a benchmark makes happen where the store touches its medium.</summary>
/// <remarks>
/// The store calls it at every <see cref="StorageSite"/>. The answer may complete later (a stall), throw (the operation fails
/// with that exception, wrapped as <see cref="Errors.StorageException"/> unless it is a <see cref="Errors.SchedulerException"/>),
/// or never come back because it ended the process. An exception at a site named <c>After</c> means: it landed, and the caller
/// hears of a failure. Stalls of writing sites hold up every write of a <see cref="SqliteStore"/>, as a slow disk does.
/// </remarks>
public interface IStorageFaults
{
    /// <summary>Called when the store reaches a site. Called from several threads at once.</summary>
    /// <param name="site">Where.</param>
    /// <param name="kind">Kind of the actor; empty where a site belongs to the whole store.</param>
    /// <param name="key">Key of the actor; empty where a site belongs to the whole store.</param>
    ValueTask AtAsync(StorageSite site, string kind, string key);
}
