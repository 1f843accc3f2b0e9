using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>One journal of a <see cref="MemoryStore"/>.</summary>
/// <param name="Snapshot">The last entry that the pages stand for.</param>
/// <param name="Pages">The pages by name.</param>
/// <param name="Entries">The entries after <paramref name="Snapshot"/>.</param>
internal sealed record MemoryJournalImage(
    long Snapshot, ImmutableSortedDictionary<string, JournalPage> Pages, ImmutableList<ReadOnlyMemory<byte>> Entries)
{
    public static MemoryJournalImage Empty { get; } =
        new(0, ImmutableSortedDictionary.Create<string, JournalPage>(StringComparer.Ordinal), []);

    public long End => Snapshot + Entries.Count;
}
