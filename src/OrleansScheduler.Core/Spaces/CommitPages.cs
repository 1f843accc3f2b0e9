using System.Globalization;

namespace OrleansScheduler.Core.Spaces;

/// <summary>Which pages the commits of a space lie on, a hundred each. Between two epochs there is a gap in the sequences and so in the pages.</summary>
internal sealed class CommitPages(CommitHistory history)
{
    private const int CommitsPerPage = 100;

    private readonly SortedSet<long> _changed = [];
    private readonly SortedSet<long> _stored = [];
    private long _newest = -1;
    private int _bytes;

    /// <summary>About how many bytes the changed pages take.</summary>
    public long ChangedBytes => (long)_changed.Count * _bytes;

    /// <summary>A commit was added to the history.</summary>
    public void Touch(long sequence)
    {
        if (PageOf(sequence) is var page && page != _newest)
        {
            _newest = page;
            _changed.Add(page);

            // What is forgotten before it was written never will be: there are as many pages as the history fills.
            while (_changed.Min < PageOf(history.Oldest))
            {
                _changed.Remove(_changed.Min);
            }
        }
    }

    /// <summary>Storage holds a page.</summary>
    public void Read(string name, int bytes)
    {
        _stored.Add(long.Parse(name.AsSpan(2), CultureInfo.InvariantCulture));
        _bytes = Math.Max(_bytes, bytes);
    }

    /// <summary>Writes the pages that changed, and removes those of commits that are forgotten.</summary>
    /// <param name="encode">Makes the content of a page of the sequences from a first one up to, not including, another.</param>
    /// <param name="write">Takes a page; null removes it.</param>
    public void WriteChanged(Func<long, long, byte[]> encode, Action<string, byte[]?> write)
    {
        foreach (long page in _changed)
        {
            byte[] content = encode(page * CommitsPerPage, (page + 1) * CommitsPerPage);
            _bytes = Math.Max(_bytes, content.Length);
            _stored.Add(page);
            write(NameOf(page), content);
        }

        _changed.Clear();
        _newest = -1;
        while (_stored.Count > 0 && _stored.Min < PageOf(history.Oldest))
        {
            write(NameOf(_stored.Min), null);
            _stored.Remove(_stored.Min);
        }
    }

    private static long PageOf(long sequence) => sequence / CommitsPerPage;

    private static string NameOf(long page) => string.Create(CultureInfo.InvariantCulture, $"c/{page}");
}
