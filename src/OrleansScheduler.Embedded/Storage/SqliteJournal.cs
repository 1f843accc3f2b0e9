using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The journal of one actor in the shared log.</summary>
internal sealed class SqliteJournal(SqliteStore store, string kind, string key) : IJournalStorage
{
    private readonly uint _seed = Checksum.Of(kind, key);

    public string Kind => kind;

    public string Key => key;

    /// <summary>Where the journal is in the index: as it was loaded, or as the writer found it first.</summary>
    public JournalSlot? Slot { get; set; }

    public Task<JournalContent> LoadAsync(CancellationToken cancellation) => store.LoadAsync(this, cancellation);

    public Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        StoreLimits.CheckEntries(expectedPosition, entries);
        var payload = LogRowFormat.Encode(_seed, expectedPosition + 1, entries);
        return store.WriteAsync(new AppendOperation(this, expectedPosition, entries.Length, payload), cancellation);
    }

    public Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation)
    {
        StoreLimits.CheckPages(position, pages);
        var encoded = ImmutableArray.CreateRange(pages, Encode);
        return store.WriteAsync(new PagesOperation(this, position, encoded), cancellation);
    }

    public Task TruncateAsync(long position, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return store.WriteAsync(new TruncateOperation(this, position), cancellation);
    }

    public Task RetireAsync(CancellationToken cancellation) => store.WriteAsync(new RetireOperation(this), cancellation);

    private (string Name, byte[]? Payload) Encode(JournalPage page) =>
        (page.Name, page.Content is { } content ? BlobFormat.Encode(BlobFormat.PageSeed(_seed, page.Name), content.Span) : null);
}
