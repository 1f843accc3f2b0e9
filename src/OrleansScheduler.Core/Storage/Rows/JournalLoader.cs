using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Reads a journal: its head and every row that this head references, each in the very version that is referenced.</summary>
/// <remarks>
/// Nothing keeps another activation from going on meanwhile, and then rows of an old head are reused. So what does not fit is
/// damage only if the head is still the same afterwards; otherwise the newer head is read.
/// </remarks>
internal sealed class JournalLoader(JournalRows rows, RowOptions options)
{
    private const int AttemptsMax = 8;
    private const int LevelsMax = 16;

    /// <exception cref="CorruptStateException">Names the damaged row.</exception>
    /// <exception cref="StorageException">A newer version wrote the journal, or others write faster than it can be read.</exception>
    public async Task<LoadedJournal> LoadAsync()
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            StoredState? stored = await rows.ReadAsync(JournalRows.Head);
            try
            {
                return stored is null ? await NothingAsync() : await LoadAsync(stored);
            }
            catch (SchedulerException fault) when (IsDamage(fault))
            {
                StoredState? now = await rows.ReadAsync(JournalRows.Head);
                if (now?.ETag == stored?.ETag)
                {
                    throw;
                }
            }
        }

        throw new StorageException(ErrorCodes.StorageFailed, $"The journal {rows.Journal} changes while it is loaded.");
    }

    private static bool IsDamage(SchedulerException fault) => fault.Code is ErrorCodes.CorruptState or ErrorCodes.StorageFormat;

    // Every row is reserved by a head before it is written, so a row without a head has lost it.
    private async Task<LoadedJournal> NothingAsync() => await rows.ReadAsync(1) is null
        ? new LoadedJournal(JournalHead.Empty, null, JournalContent.Empty)
        : throw rows.Corrupt(JournalRows.Head, "it is missing");

    private async Task<LoadedJournal> LoadAsync(StoredState stored)
    {
        StoredRow? root = null;
        ReadOnlyMemory<byte> body = rows.Open(JournalRows.Head, RowKind.Head, stored.Content);
        JournalHead head = rows.Understand(JournalRows.Head, body, content => JournalHead.Read(content, out root));
        head = head with
        {
            Segments = await SegmentsAsync(head.Segments),
            Pages = root is null ? head.Pages : await NodeAsync(root),
        };
        CheckPlaces(head);
        var entries = await EntriesAsync(head);
        var pages = await PagesAsync(head.Pages?.All ?? []);
        return new LoadedJournal(head, stored.ETag, new JournalContent(head.Snapshot, pages, entries));
    }

    private async Task<ImmutableArray<Segment>> SegmentsAsync(ImmutableArray<Segment> segments)
    {
        var all = ImmutableArray.CreateBuilder<Segment>(segments.Length);
        foreach (Segment segment in segments)
        {
            all.Add(segment.Level == 0 ? segment : segment with { Below = await SegmentsAsync(await BelowAsync(segment)) });
        }

        return all.MoveToImmutable();
    }

    private async Task<ImmutableArray<Segment>> BelowAsync(Segment segment)
    {
        ReadOnlyMemory<byte> body = await rows.ReadAsync(segment.Row, RowKind.SegmentIndex);
        return rows.Understand(segment.Row.Number, body, content =>
        {
            var reader = new RowReader(content);
            ImmutableArray<Segment> below = SegmentWriter.ReadReferences(reader);
            reader.End();
            return below.All(one => one.Level == segment.Level - 1)
                ? below
                : throw new InvalidDataException("it mixes levels");
        });
    }

    // Level by level, so that many nodes are read at once.
    private async Task<PageNode> NodeAsync(StoredRow root)
    {
        var levels = new List<(StoredRow[] Rows, (PageNode? Leaf, ImmutableArray<StoredRow> Below)[] Nodes)>();
        StoredRow[] level = [root];
        while (level.Length > 0)
        {
            if (levels.Count == LevelsMax)
            {
                throw rows.Corrupt(root.Number, "the table of pages is too deep");
            }

            var nodes = await Batches.RunAsync(level, options.RowsAtOnce, ReadNodeAsync);
            levels.Add((level, nodes));
            level = [.. nodes.SelectMany(node => node.Below)];
        }

        Queue<PageNode> below = new();
        for (int i = levels.Count - 1; i >= 0; i--)
        {
            var built = new Queue<PageNode>();
            foreach (var (row, (leaf, references)) in levels[i].Rows.Zip(levels[i].Nodes))
            {
                PageNode node = leaf ?? new PageNode([.. references.Select(_ => below.Dequeue())]);
                node.Row = row;
                built.Enqueue(node);
            }

            below = built;
        }

        return below.Dequeue();
    }

    private async Task<(PageNode? Leaf, ImmutableArray<StoredRow> Below)> ReadNodeAsync(StoredRow row)
    {
        ReadOnlyMemory<byte> body = await rows.ReadAsync(row, RowKind.PageNode);
        return rows.Understand(row.Number, body, content =>
        {
            var reader = new RowReader(content);
            PageNode? leaf = PageNode.Read(reader, out ImmutableArray<StoredRow> below);
            reader.End();
            return (leaf, below);
        });
    }

    // A row has one meaning, and none lies beyond what the head reserved.
    private void CheckPlaces(JournalHead head)
    {
        var seen = new HashSet<long>();
        foreach (StoredRow row in head.Rows)
        {
            if (row.Number > head.RowsReserved || !seen.Add(row.Number))
            {
                throw rows.Corrupt(row.Number, "it is referenced twice, or beyond the last row");
            }
        }

        string? before = null;
        foreach (PageEntry page in head.Pages?.All ?? [])
        {
            if (string.CompareOrdinal(before, page.Name) >= 0)
            {
                throw rows.Corrupt(JournalRows.Head, $"its page {page.Name} is out of order");
            }

            before = page.Name;
        }
    }

    private async Task<ImmutableArray<ReadOnlyMemory<byte>>> EntriesAsync(JournalHead head)
    {
        // An index is kept as long as one of its segments is needed; the others under it are not even read.
        Segment[] leaves = [.. head.Segments.SelectMany(segment => segment.Leaves).Where(segment => segment.Last > head.Snapshot)];
        var reader = new EntryReader(rows, head.Snapshot);
        var pieces = await Batches.RunAsync(leaves, options.RowsAtOnce, reader.ReadAsync);
        foreach (SegmentPiece piece in pieces)
        {
            reader.Add(piece);
        }

        reader.AddTail(head);
        return reader.Entries;
    }

    private async Task<ImmutableArray<JournalPage>> PagesAsync(IEnumerable<PageEntry> pages) =>
        [.. await Batches.RunAsync([.. pages], options.RowsAtOnce, PageAsync)];

    private async Task<JournalPage> PageAsync(PageEntry page)
    {
        var parts = new ReadOnlyMemory<byte>[page.Rows.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            StoredRow row = page.Rows[i];
            ReadOnlyMemory<byte> body = await rows.ReadAsync(row, RowKind.PagePart);
            int part = i;
            parts[i] = rows.Understand(row.Number, body, content =>
            {
                var reader = new RowReader(content);
                return reader.Text() == page.Name && reader.Number() == part
                    ? reader.Rest
                    : throw new InvalidDataException($"it is not part {part} of page {page.Name}");
            });
        }

        return new JournalPage(page.Name, parts.Length == 1 ? parts[0] : EntryReader.Join(parts));
    }
}
