using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Everything a <see cref="MemoryStore"/> holds at one instant. Immutable; taking one costs nothing.</summary>
public sealed class MemoryImage
{
    internal MemoryImage()
    {
    }

    /// <summary>A store that was never opened.</summary>
    public static MemoryImage Empty { get; } = new();

    internal long Incarnation { get; init; }

    internal long Epoch { get; init; } = 1;

    internal long LastETag { get; init; }

    internal StoreStatistics Statistics { get; init; } = StoreStatistics.Empty;

    internal ImmutableDictionary<(string Kind, string Key), MemoryJournalImage> Journals { get; init; } =
        ImmutableDictionary<(string Kind, string Key), MemoryJournalImage>.Empty;

    internal ImmutableDictionary<(string Kind, string Key, string Name), StoredState> States { get; init; } =
        ImmutableDictionary<(string Kind, string Key, string Name), StoredState>.Empty;

    internal ImmutableSortedDictionary<(string Kind, string Key), DateTimeOffset> Wakeups { get; init; } =
        ImmutableSortedDictionary.Create<(string Kind, string Key), DateTimeOffset>(MemoryKeyOrder.Instance);

    /// <summary>This image with some changes.</summary>
    internal MemoryImage With(
        ImmutableDictionary<(string Kind, string Key), MemoryJournalImage>? journals = null,
        ImmutableDictionary<(string Kind, string Key, string Name), StoredState>? states = null,
        ImmutableSortedDictionary<(string Kind, string Key), DateTimeOffset>? wakeups = null,
        StoreStatistics? statistics = null,
        long? lastETag = null,
        long? incarnation = null) => new()
        {
            Epoch = Epoch,
            Incarnation = incarnation ?? Incarnation,
            LastETag = lastETag ?? LastETag,
            Statistics = statistics ?? Statistics,
            Journals = journals ?? Journals,
            States = states ?? States,
            Wakeups = wakeups ?? Wakeups,
        };
}
