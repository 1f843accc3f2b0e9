using System.Collections.Immutable;
using OrleansScheduler.Cluster.Activations;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>Writes one actor of an archive into the rows that the actor will load.</summary>
internal sealed class ActorRestore(ClusterProcess process, ArchiveActor actor)
{
    private const int EntriesMax = 1_000;
    private const long BytesMax = 1 << 20;

    private readonly RowJournal _journal = new(
        actor.Kind, actor.Key, new GrainRows(process.Storage, actor.Kind, actor.Key, prefix: ""), process.NewRandom());

    private readonly GrainRows _states = new(process.Storage, actor.Kind, actor.Key, prefix: $"{actor.Kind}.state.");
    private readonly List<JournalPage> _pages = [];
    private readonly List<ReadOnlyMemory<byte>> _entries = [];
    private readonly List<ArchivePart.State> _named = [];
    private long _position = actor.Snapshot;
    private long _bytes;
    private bool _begun;

    /// <summary>True when so much waits that it is to be written.</summary>
    public bool IsFull => _bytes >= BytesMax || _entries.Count == EntriesMax;

    /// <summary>Takes a part; it is written with the next flush.</summary>
    public void Take(ArchivePart part)
    {
        switch (part)
        {
            case ArchivePart.Page page:
                _pages.Add(new JournalPage(page.Name, page.Content));
                _bytes += page.Content.Length;
                break;
            case ArchivePart.Entry entry:
                _entries.Add(entry.Content);
                _bytes += entry.Content.Length;
                break;
            case ArchivePart.State state:
                _named.Add(state);
                _bytes += state.Content.Length;
                break;
        }
    }

    /// <summary>Writes what waits; the last flush of an actor without any pages gives it its positions, too.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        if (actor.Snapshot > 0 && !_begun)
        {
            _begun = true;
            await _journal.BeginAsync(actor.Snapshot, [.. _pages], cancellation);
        }
        else if (_pages.Count > 0)
        {
            await _journal.WritePagesAsync(actor.Snapshot, [.. _pages], cancellation);
        }

        if (_entries.Count > 0)
        {
            await _journal.AppendAsync(_position, [.. _entries], cancellation);
            _position += _entries.Count;
        }

        foreach (ArchivePart.State state in _named)
        {
            await _states.WriteAsync(state.Name, state.Content, null, cancellation);
        }

        _pages.Clear();
        _entries.Clear();
        _named.Clear();
        _bytes = 0;
    }
}
