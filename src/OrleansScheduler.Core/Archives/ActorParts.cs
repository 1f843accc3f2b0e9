using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Core.Archives;

/// <summary>All that is stored of one actor, to be read as the parts of an archive.</summary>
/// <param name="Kind">The kind of the actor.</param>
/// <param name="Key">Its key.</param>
/// <param name="Journal">Its journal, pages in any order.</param>
/// <param name="States">Its named states, in any order.</param>
/// <param name="Wakeup">When it is to be woken, in UTC; null when it is not.</param>
internal sealed record ActorParts(
    string Kind, string Key, JournalContent Journal, ImmutableArray<(string Name, ReadOnlyMemory<byte> Content)> States, DateTimeOffset? Wakeup)
{
    /// <summary>The actor, its pages, entries and states, in their order; nothing when nothing is stored of it.</summary>
    public IEnumerable<ArchivePart> Read()
    {
        var actor = new ArchiveActor(Kind, Key, Journal.SnapshotPosition, Journal.Pages.Length, Journal.Entries.Length, States.Length, Wakeup);
        if (actor is { Snapshot: 0, Pages: 0, Entries: 0, States: 0, Wakeup: null })
        {
            yield break;
        }

        yield return new ArchivePart.Actor(actor);
        foreach (JournalPage page in Journal.Pages.Sort(static (left, right) => ArchiveKeyOrder.Compare(left.Name, right.Name)))
        {
            yield return new ArchivePart.Page(page.Name, page.Content ?? default);
        }

        long position = Journal.SnapshotPosition;
        foreach (ReadOnlyMemory<byte> entry in Journal.Entries)
        {
            yield return new ArchivePart.Entry(++position, entry);
        }

        foreach ((string name, ReadOnlyMemory<byte> content) in States.Sort(static (left, right) => ArchiveKeyOrder.Compare(left.Name, right.Name)))
        {
            yield return new ArchivePart.State(name, content);
        }
    }
}
