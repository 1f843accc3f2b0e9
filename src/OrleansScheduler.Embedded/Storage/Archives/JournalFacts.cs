namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>What a scan found out about one journal.</summary>
/// <param name="seed">The seed of its checksums.</param>
/// <param name="snapshot">The last entry that its pages stand for.</param>
/// <param name="pageCount">How many pages it has, as its row says.</param>
internal sealed class JournalFacts(uint seed, long snapshot, long pageCount)
{
    private long _end;
    private long _live;
    private long _pages;

    public uint Seed => seed;

    public long Snapshot => snapshot;

    public long PageCount => pageCount;

    /// <summary>Entries after the snapshot.</summary>
    public long Entries => Math.Max(0, _end - snapshot);

    /// <summary>True when it is left out.</summary>
    public bool IsDamaged { get; set; }

    public void NotePage() => _pages++;

    public void NoteRow(LogRow row)
    {
        _live += Math.Max(0, row.Last - Math.Max(row.Position - 1, snapshot));
        _end = Math.Max(_end, row.Last);
    }

    /// <summary>What is missing; null when all is there.</summary>
    public string? Gap() => _pages != pageCount ? $"{_pages} of {pageCount} pages are there"
        : _live != Entries ? $"{_live} of {Entries} entries are there"
        : null;
}
