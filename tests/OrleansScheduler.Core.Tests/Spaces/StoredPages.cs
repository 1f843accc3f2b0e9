using OrleansScheduler.Core.Spaces;

namespace OrleansScheduler.Core.Tests.Spaces;

/// <summary>The pages of a space as storage would hold them, and from which entry on more is needed.</summary>
internal sealed class StoredPages
{
    private readonly Dictionary<string, byte[]> _pages;
    private int _position;

    public StoredPages(Dictionary<string, byte[]>? pages = null) => _pages = pages ?? new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _pages.Keys;

    /// <summary>The pages that the last cut wrote or removed.</summary>
    public HashSet<string> LastWritten { get; } = [];

    /// <summary>The lengths of the pages that the last cut wrote.</summary>
    public long BytesOfLastCut => LastWritten.Sum(name => (long)(_pages.GetValueOrDefault(name)?.Length ?? 0));

    /// <summary>Takes the pages that changed.</summary>
    public void Cut(PureSpace space)
    {
        Cut(space.State);
        _position = space.Entries.Count;
    }

    /// <summary>Another space of these pages, which come in random order, and of the entries after them.</summary>
    public SpaceState Load(PureSpace space, Random random)
    {
        var copy = Load(random);
        foreach (SpaceEntry entry in space.Entries.Skip(_position))
        {
            copy.Apply(SpaceEntryCodecTests.RoundTrip(entry));
        }

        return copy;
    }

    /// <summary>Another space of the pages of one that was loaded from these.</summary>
    public SpaceState Load(SpaceState state, Random random)
    {
        Cut(state);
        return Load(random);
    }

    private void Cut(SpaceState state)
    {
        LastWritten.Clear();
        state.WriteChangedPages((name, content) =>
        {
            LastWritten.Add(name);
            _pages.Remove(name);
            if (content is not null)
            {
                _pages.Add(name, content);
            }
        });
    }

    /// <summary>A space of these pages alone.</summary>
    public SpaceState Load(Random random)
    {
        var copy = new SpaceState();
        var pages = _pages.ToArray();
        random.Shuffle(pages);
        foreach ((string name, byte[] content) in pages)
        {
            copy.ReadPage(name, content);
        }

        copy.PagesRead();
        return copy;
    }
}
