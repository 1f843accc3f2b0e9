using System.Collections.Immutable;

namespace OrleansScheduler.Engine;

/// <summary>What a journal holds.</summary>
/// <param name="SnapshotPosition">The last entry that the pages stand for; 0 when there is no snapshot.</param>
/// <param name="Pages">The pages of the snapshot, in no particular order.</param>
/// <param name="Entries">The entries after <paramref name="SnapshotPosition"/>, in order and without a gap.</param>
public sealed record JournalContent(
    long SnapshotPosition,
    ImmutableArray<JournalPage> Pages,
    ImmutableArray<ReadOnlyMemory<byte>> Entries)
{
    /// <summary>A journal that was never written.</summary>
    public static JournalContent Empty { get; } = new(0, [], []);
}
