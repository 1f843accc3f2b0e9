using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>Makes an image of an archive, for stores in memory.</summary>
internal sealed class MemoryImport : IArchiveSink
{
    private readonly ImmutableDictionary<(string Kind, string Key), MemoryJournalImage>.Builder _journals =
        MemoryImage.Empty.Journals.ToBuilder();

    private readonly ImmutableDictionary<(string Kind, string Key, string Name), StoredState>.Builder _states =
        MemoryImage.Empty.States.ToBuilder();

    private readonly ImmutableSortedDictionary<(string Kind, string Key), DateTimeOffset>.Builder _wakeups =
        MemoryImage.Empty.Wakeups.ToBuilder();

    private ArchiveHeader? _header;
    private ArchiveActor? _actor;
    private long _etag;

    /// <summary>What a deployment holds that imports an archive: the epoch is the next one.</summary>
    public static async Task<MemoryImage> ReadAsync(Stream archive, CancellationToken cancellation)
    {
        var import = new MemoryImport();
        await ArchiveReader.ReadAsync(archive, import, cancellation);
        return new MemoryImage
        {
            Epoch = import._header!.NextEpoch,
            Incarnation = import._header.Incarnation,
            LastETag = import._etag,
            Journals = import._journals.ToImmutable(),
            States = import._states.ToImmutable(),
            Wakeups = import._wakeups.ToImmutable(),
        };
    }

    /// <inheritdoc/>
    public void Begin(ArchiveHeader header) => _header = header;

    /// <inheritdoc/>
    public void Take(ArchivePart part)
    {
        switch (part)
        {
            case ArchivePart.Actor { Value: var actor }:
                _actor = actor;
                if (actor.Pages + actor.Entries + actor.Snapshot > 0)
                {
                    _journals[(actor.Kind, actor.Key)] = MemoryJournalImage.Empty with { Snapshot = actor.Snapshot };
                }

                if (actor.Wakeup is { } due)
                {
                    _wakeups[(actor.Kind, actor.Key)] = due;
                }

                break;
            case ArchivePart.Page page:
                Change(journal => journal with { Pages = journal.Pages.Add(page.Name, new JournalPage(page.Name, page.Content)) });
                break;
            case ArchivePart.Entry entry:
                Change(journal => journal with { Entries = journal.Entries.Add(entry.Content) });
                break;
            case ArchivePart.State state:
                _states[(_actor!.Kind, _actor.Key, state.Name)] = new StoredState(state.Content, $"{++_etag}");
                break;
        }
    }

    private void Change(Func<MemoryJournalImage, MemoryJournalImage> change)
    {
        var key = (_actor!.Kind, _actor.Key);
        _journals[key] = change(_journals[key]);
    }
}
