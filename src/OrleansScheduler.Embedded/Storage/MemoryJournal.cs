using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The journal of one actor in a <see cref="MemoryStore"/>.</summary>
internal sealed class MemoryJournal(MemoryStore store, string kind, string key) : IJournalStorage
{
    public async Task<JournalContent> LoadAsync(CancellationToken cancellation)
    {
        await store.PassReadAsync(StorageSite.JournalLoad, kind, key, cancellation);
        var journal = Of(store.Snapshot());
        return new JournalContent(journal.Snapshot, [.. journal.Pages.Values], [.. journal.Entries]);
    }

    public Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        StoreLimits.CheckEntries(expectedPosition, entries);
        var copies = ImmutableArray.CreateRange(entries, Copy);
        return store.WriteAsync(
            StorageSite.AppendBefore, StorageSite.AppendAfter, kind, key,
            image => Append(image, expectedPosition, copies), cancellation);
    }

    public Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation)
    {
        StoreLimits.CheckPages(position, pages);
        var copies = ImmutableArray.CreateRange(
            pages, page => page.Content is { } content ? page with { Content = Copy(content) } : page);
        return store.WriteAsync(
            StorageSite.PagesBefore, StorageSite.PagesAfter, kind, key,
            image => Put(image, position, copies), cancellation);
    }

    public Task TruncateAsync(long position, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);

        // Entries under the snapshot are already gone: nothing reads them.
        return store.WriteAsync(
            StorageSite.TruncateBefore, StorageSite.TruncateAfter, kind, key,
            image => position <= Of(image).Snapshot
                ? new MemoryChange(image)
                : new MemoryChange(image, StoreRefusal.TruncateBeyondSnapshot(kind, key, position, Of(image).Snapshot)),
            cancellation);
    }

    private static ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> bytes) => bytes.ToArray();

    private MemoryJournalImage Of(MemoryImage image) => image.Journals.GetValueOrDefault((kind, key), MemoryJournalImage.Empty);

    private MemoryChange Append(MemoryImage image, long expected, ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        var journal = Of(image);
        if (journal.End != expected)
        {
            return new MemoryChange(image, StoreRefusal.Conflict(kind, key, expected, journal.End));
        }

        var counters = image.Statistics;
        return new MemoryChange(image.With(
            journals: image.Journals.SetItem((kind, key), journal with { Entries = journal.Entries.AddRange(entries) }),
            statistics: counters with
            {
                Appends = counters.Appends + 1,
                Entries = counters.Entries + entries.Length,
                BytesAcknowledged = counters.BytesAcknowledged + entries.Sum(entry => (long)entry.Length),
            }));
    }

    private MemoryChange Put(MemoryImage image, long position, ImmutableArray<JournalPage> changes)
    {
        var journal = Of(image);
        if (position < journal.Snapshot || position > journal.End)
        {
            return new MemoryChange(
                image, StoreRefusal.SnapshotConflict(kind, key, position, journal.Snapshot, journal.End));
        }

        var pages = journal.Pages.ToBuilder();
        foreach (var page in changes)
        {
            pages.Remove(page.Name);
            if (page.Content is not null)
            {
                pages.Add(page.Name, page);
            }
        }

        var rest = journal.Entries.RemoveRange(0, (int)(position - journal.Snapshot));
        return new MemoryChange(image.With(
            journals: image.Journals.SetItem((kind, key), new MemoryJournalImage(position, pages.ToImmutable(), rest))));
    }
}
