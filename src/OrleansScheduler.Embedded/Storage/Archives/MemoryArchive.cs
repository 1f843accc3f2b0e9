using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>An archive of what a <see cref="MemoryStore"/> held at one instant.</summary>
internal sealed class MemoryArchive(MemoryImage image, DateTimeOffset at) : IArchiveSource
{
    /// <inheritdoc/>
    public ArchiveHeader Header { get; } =
        new(ArchiveFormat.Newest, ArchiveFormat.Product, EngineNames.Memory, image.Epoch, image.Incarnation, at);

    /// <inheritdoc/>
    public ImmutableArray<ArchiveDamage> Damaged => [];

    /// <inheritdoc/>
    public IAsyncEnumerable<ArchivePart> ReadAsync(CancellationToken cancellation) => Read().ToAsyncEnumerable();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private IEnumerable<ArchivePart> Read()
    {
        ILookup<(string Kind, string Key), (string Name, StoredState State)> states = image.States
            .ToLookup(one => (one.Key.Kind, one.Key.Key), one => (one.Key.Name, one.Value));
        SortedSet<(string Kind, string Key)> actors = new(
            [.. image.Journals.Keys, .. states.Select(group => group.Key), .. image.Wakeups.Keys], MemoryKeyOrder.Instance);
        foreach (var actor in actors)
        {
            foreach (ArchivePart part in Of(actor, states[actor]).Read())
            {
                yield return part;
            }
        }
    }

    private ActorParts Of((string Kind, string Key) actor, IEnumerable<(string Name, StoredState State)> states)
    {
        MemoryJournalImage journal = image.Journals.GetValueOrDefault(actor, MemoryJournalImage.Empty);
        var content = new JournalContent(journal.Snapshot, [.. journal.Pages.Values], [.. journal.Entries]);
        DateTimeOffset? due = image.Wakeups.TryGetValue(actor, out DateTimeOffset found) ? found : null;
        return new ActorParts(actor.Kind, actor.Key, content, [.. states.Select(one => (one.Name, one.State.Content))], due);
    }
}
