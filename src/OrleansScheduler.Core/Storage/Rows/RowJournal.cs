using System.Buffers;
using System.Collections.Immutable;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>A journal over rows that change only one by one, each under its ETag.</summary>
/// <remarks>
/// One head row is the journal; other rows count as soon as the head names them. So every state of storage has one meaning:
/// <list type="bullet">
/// <item>An append writes the head: it holds the newest entries. When they exceed 4 KiB they go to a free row first, which the head then names.</item>
/// <item>A snapshot writes the changed pages and the nodes of the page table above them to free rows, and then the head.</item>
/// <item>A row that the head names is never overwritten. What it no longer names is free, and is used again.</item>
/// <item>References name a row and its checksum: no other version of the row passes for it.</item>
/// <item>Rows are never cleared: a row that was deleted and created again could have an ETag that was seen before.</item>
/// </list>
/// It lives in the turns of one activation and has no locks; calls are carried out one after the other.
/// </remarks>
/// <param name="kind">The kind of the actor.</param>
/// <param name="key">The key of the actor.</param>
/// <param name="storage">The actor's named states, of which <see cref="RowNames.OfRow"/> names those of the journal.</param>
/// <param name="random">Tells this activation's writes from those of others.</param>
/// <param name="options">Limits; null for the defaults.</param>
internal sealed class RowJournal(string kind, string key, IStateStorage storage, Random random, RowOptions? options = null) : IJournalStorage
{
    private readonly JournalRows _rows = new(kind, key, storage);
    private readonly RowOptions _options = options ?? new RowOptions();
    private readonly long _nonce = random.NextInt64();
    private JournalWriter? _writer;
    private Task _last = Task.CompletedTask;

    public Task<JournalContent> LoadAsync(CancellationToken cancellation) => InOrderAsync(LoadAsync, cancellation);

    public Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        RowLimits.CheckEntries(expectedPosition, entries);
        EntryGroup group = EntryGroup.Of(entries);
        return InOrderAsync(() => AppendAsync(expectedPosition, group), cancellation);
    }

    public Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation) =>
        WritePagesAsync(position, pages, mayBegin: false, cancellation);

    /// <summary>Begins an empty journal with a snapshot, as of an archive: the next entry has the position after it.</summary>
    /// <param name="position">The last entry that the snapshot stands for, from 1.</param>
    /// <param name="pages">Pages of it; more of them may follow by <see cref="WritePagesAsync(long, ImmutableArray{JournalPage}, CancellationToken)"/>.</param>
    /// <param name="cancellation">Stops waiting, not writing.</param>
    /// <exception cref="StorageException"><c>journal_conflict</c> when the journal is not empty.</exception>
    public Task BeginAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation) =>
        WritePagesAsync(position, pages, mayBegin: true, cancellation);

    private Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, bool mayBegin, CancellationToken cancellation)
    {
        RowLimits.CheckPages(position, pages);
        var copies = new SortedDictionary<string, ReadOnlyMemory<byte>?>(StringComparer.Ordinal);
        foreach (JournalPage page in pages)
        {
            // Spelled out: a bare null would convert to empty content, which is not removal.
            copies[page.Name] = page.Content is { } content ? new ReadOnlyMemory<byte>(content.ToArray()) : (ReadOnlyMemory<byte>?)null;
        }

        return InOrderAsync(() => WritePagesAsync(position, copies, mayBegin), cancellation);
    }

    public Task TruncateAsync(long position, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return InOrderAsync(() => TruncateAsync(position), cancellation);
    }

    /// <summary>True: a row is written under its ETag by whoever reaches the table.</summary>
    public bool IsShared => true;

    /// <summary>Writes the head as it is: whoever knows the former one can write no more.</summary>
    public Task FenceAsync(long position, CancellationToken cancellation) => InOrderAsync(() => FenceAsync(position), cancellation);

    private async Task<JournalContent> LoadAsync()
    {
        _writer = null;
        LoadedJournal loaded = await new JournalLoader(_rows, _options).LoadAsync();
        _writer = new JournalWriter(_rows, loaded, _nonce ^ random.NextInt64(), _options);
        return loaded.Content;
    }

    private async Task<bool> AppendAsync(long expected, EntryGroup group)
    {
        JournalWriter writer = await WriterAsync();
        JournalHead head = writer.Head;
        if (head.End != expected)
        {
            throw writer.LoseAt($"ends at {head.End}, not at {expected}");
        }

        var plan = new WritePlan();
        EntryGroup tail = head.Tail.With(group);
        JournalHead next = head with { End = expected + group.Count, Tail = tail };
        if (tail.Bytes.Length > _options.TailBytesMax)
        {
            long first = next.End - tail.Count + 1;
            next = next with { Segments = SegmentWriter.Add(head.Segments, first, tail, plan, _options), Tail = EntryGroup.Empty };
        }

        await writer.CommitAsync(next, plan);
        return true;
    }

    private async Task<bool> FenceAsync(long position)
    {
        JournalWriter writer = await WriterAsync();
        if (writer.Head.End != position)
        {
            throw writer.LoseAt($"ends at {writer.Head.End}, not at {position}");
        }

        await writer.CommitAsync(writer.Head, new WritePlan());
        return true;
    }

    private async Task<bool> WritePagesAsync(long position, SortedDictionary<string, ReadOnlyMemory<byte>?> pages, bool mayBegin)
    {
        JournalWriter writer = await WriterAsync();
        JournalHead head = writer.Head;
        if (mayBegin)
        {
            head = head is { End: 0, Pages: null } ? head with { End = position } : throw writer.LoseAt($"ends at {head.End} and is not empty");
        }

        if (position < head.Snapshot || position > head.End)
        {
            throw writer.LoseAt($"goes from {head.Snapshot} to {head.End} and has no place for a snapshot at {position}");
        }

        var plan = new WritePlan();
        ImmutableArray<PageEntry> changes = [.. pages.Select(page => new PageEntry(page.Key, Parts(page.Key, page.Value, plan)))];
        int covered = (int)Math.Clamp(position - (head.End - head.Tail.Count), 0, head.Tail.Count);
        JournalHead next = head with
        {
            Snapshot = position,
            Segments = SegmentWriter.After(head.Segments, position, plan),
            Pages = new PageTable(plan, _options).Change(head.Pages, changes),
            Tail = head.Tail.Without(covered),
        };
        await writer.CommitAsync(next, plan);
        writer.NoteSnapshot(plan.Rows.Count);
        return true;
    }

    private async Task<bool> TruncateAsync(long position)
    {
        JournalWriter writer = await WriterAsync();
        if (position > writer.Head.Snapshot)
        {
            throw new ArgumentOutOfRangeException(
                nameof(position), position, $"Entries of {_rows.Journal} are needed after its snapshot at {writer.Head.Snapshot}.");
        }

        // The head of the snapshot no longer names what it covers, so those rows are free already.
        await writer.TrimAsync();
        return true;
    }

    private ImmutableArray<StoredRow> Parts(string name, ReadOnlyMemory<byte>? content, WritePlan plan)
    {
        if (content is not { } bytes)
        {
            return [];
        }

        int parts = Math.Max(1, (bytes.Length + _options.ChunkBytesMax - 1) / _options.ChunkBytesMax);
        var rows = ImmutableArray.CreateBuilder<StoredRow>(parts);
        for (int i = 0; i < parts; i++)
        {
            int part = i;
            ReadOnlyMemory<byte> slice = bytes[(part * _options.ChunkBytesMax)..Math.Min(bytes.Length, (part + 1) * _options.ChunkBytesMax)];
            rows.Add(plan.Add(RowKind.PagePart, output =>
            {
                var encoder = new BinaryEncoder(output);
                encoder.Text(name);
                encoder.Number(part);
                output.Write(slice.Span);
            }));
        }

        return rows.MoveToImmutable();
    }

    private async Task<JournalWriter> WriterAsync()
    {
        if (_writer is null)
        {
            await LoadAsync();
        }

        await _writer!.SettleAsync();
        return _writer;
    }

    // The caller may stop waiting; what was asked for happens all the same, and what comes later waits for it.
    private Task<T> InOrderAsync<T>(Func<Task<T>> act, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Task<T> done = RunAsync(_last, act);
        _last = done.IsCompletedSuccessfully ? Task.CompletedTask : EndAsync(done);
        return cancellation.CanBeCanceled ? done.WaitAsync(cancellation) : done;
    }

    private static async Task<T> RunAsync<T>(Task before, Func<Task<T>> act)
    {
        await before;
        return await act();
    }

    // The end of a call without its result, which may be large, and without its failure, which is its caller's.
    private static async Task EndAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception)
        {
            // Whoever made the call has heard of it.
        }
    }
}
