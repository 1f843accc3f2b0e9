using OrleansScheduler.Core.Archives;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>What there is of one actor, before any of it is read.</summary>
/// <param name="Kind">The kind of the actor.</param>
/// <param name="Key">Its key.</param>
internal sealed record StoredActor(string Kind, string Key)
{
    /// <summary>Rows of its journal, free ones included.</summary>
    public long JournalRows { get; init; }

    /// <summary>The names of its states, in no particular order.</summary>
    public string[] States { get; init; } = [];

    /// <summary>Bytes of all its rows.</summary>
    public long Bytes { get; init; }

    /// <summary>When it is to be woken, in UTC; null when it is not.</summary>
    public DateTimeOffset? Wakeup { get; init; }

    /// <summary>The order of archives.</summary>
    public static int Compare(StoredActor left, StoredActor right) =>
        ArchiveKeyOrder.Compare(left.Kind, right.Kind) is var kind and not 0 ? kind : ArchiveKeyOrder.Compare(left.Key, right.Key);
}
