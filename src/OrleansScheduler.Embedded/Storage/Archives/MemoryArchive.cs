using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>An archive of what a <see cref="MemoryStore"/> held at one instant.</summary>
internal sealed class MemoryArchive(MemoryImage image, DateTimeOffset at) : IArchiveSource
{
    /// <inheritdoc/>
    public ArchiveHeader Header { get; } =
        new(ArchiveFormat.Newest, EngineNames.Product, EngineNames.Memory, image.Epoch, image.Incarnation, at);

    /// <inheritdoc/>
    public ImmutableArray<ArchiveDamage> Damaged => [];

    /// <inheritdoc/>
    public IEnumerable<ArchivePart> Read()
    {
        ILookup<(string Kind, string Key), (string Name, StoredState State)> states = image.States
            .ToLookup(one => (one.Key.Kind, one.Key.Key), one => (one.Key.Name, one.Value));
        SortedSet<(string Kind, string Key)> actors = new(
            [.. image.Journals.Keys, .. states.Select(group => group.Key), .. image.Wakeups.Keys], MemoryKeyOrder.Instance);
        foreach (var actor in actors)
        {
            foreach (ArchivePart part in Read(actor, [.. states[actor]]))
            {
                yield return part;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private IEnumerable<ArchivePart> Read((string Kind, string Key) actor, (string Name, StoredState State)[] states)
    {
        MemoryJournalImage journal = image.Journals.GetValueOrDefault(actor, MemoryJournalImage.Empty);
        DateTimeOffset? due = image.Wakeups.TryGetValue(actor, out DateTimeOffset found) ? found : null;
        var head = new ArchiveActor(actor.Kind, actor.Key, journal.Snapshot, journal.Pages.Count, journal.Entries.Count, states.Length, due);
        if (head is { Snapshot: 0, Pages: 0, Entries: 0, States: 0, Wakeup: null })
        {
            yield break;
        }

        yield return new ArchivePart.Actor(head);
        foreach (JournalPage page in journal.Pages.Values.Order(Comparer<JournalPage>.Create((left, right) => ArchiveKeyOrder.Compare(left.Name, right.Name))))
        {
            yield return new ArchivePart.Page(page.Name, page.Content ?? default);
        }

        long position = journal.Snapshot;
        foreach (ReadOnlyMemory<byte> entry in journal.Entries)
        {
            yield return new ArchivePart.Entry(++position, entry);
        }

        Array.Sort(states, (left, right) => ArchiveKeyOrder.Compare(left.Name, right.Name));
        foreach ((string name, StoredState state) in states)
        {
            yield return new ArchivePart.State(name, state.Content);
        }
    }
}
