namespace OrleansScheduler.Core.Archives;

/// <summary>What an archive holds of one actor, said before its parts.</summary>
/// <param name="Kind">The kind of the actor.</param>
/// <param name="Key">Its key.</param>
/// <param name="Snapshot">The last entry that its pages stand for; 0 without any.</param>
/// <param name="Pages">How many pages follow.</param>
/// <param name="Entries">How many entries follow; the first has the position after <paramref name="Snapshot"/>.</param>
/// <param name="States">How many named states follow.</param>
/// <param name="Wakeup">When it is to be woken, in UTC; null when it is not.</param>
public sealed record ArchiveActor(string Kind, string Key, long Snapshot, long Pages, long Entries, long States, DateTimeOffset? Wakeup)
{
    /// <summary>Kind and key, as messages name it.</summary>
    public string Name => $"{Kind}/{Key}";
}
