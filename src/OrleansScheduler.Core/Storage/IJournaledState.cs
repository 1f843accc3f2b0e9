namespace OrleansScheduler.Core.Storage;

/// <summary>State that is the fold of its journal's entries, and that can be cut into pages.</summary>
internal interface IJournaledState<in TEntry>
{
    /// <summary>Folds an entry. It must not fail for an entry that a decision produced, and depends on nothing but state and entry.</summary>
    void Apply(TEntry entry);

    /// <summary>Fills the state from one page; pages come in any order, before any entry.</summary>
    void ReadPage(string name, ReadOnlyMemory<byte> content);

    /// <summary>All pages have been read.</summary>
    void PagesRead();

    /// <summary>About how many bytes <see cref="WriteChangedPages"/> would write now; null, the default, for as many as the last time.</summary>
    long? ChangedBytes => null;

    /// <summary>Writes the pages that changed since the last call; null content removes a page. The last call for a name counts.</summary>
    void WriteChangedPages(Action<string, byte[]?> write);
}
