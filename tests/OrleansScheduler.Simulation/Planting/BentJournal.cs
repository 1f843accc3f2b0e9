using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Simulation.Planting;

/// <summary>A journal that does something wrong with its entries.</summary>
internal sealed class BentJournal(IJournalStorage inner) : IJournalStorage
{
    /// <summary>Says that something is stored before it is.</summary>
    public bool AnswersEarly { get; init; }

    /// <summary>What is not stored, although it is said to be; by a piece of its text.</summary>
    public string? Drops { get; init; }

    /// <summary>What becomes of entries when the journal is loaded; null leaves one as it is.</summary>
    public Func<byte[], byte[]?>? Rewrites { get; init; }

    /// <summary>What is stored instead of an entry; null leaves one as it is.</summary>
    public Func<byte[], byte[]?>? Stores { get; init; }

    /// <summary>Leaves the last page out of each snapshot.</summary>
    public bool LeavesPageOut { get; init; }

    /// <summary>Gives entries up before the pages are written that stand for them.</summary>
    public bool TruncatesFirst { get; init; }

    /// <summary>Says of pages that they stand for one entry less than they do.</summary>
    public bool PagesAreYounger { get; init; }

    /// <summary>Goes on without what cannot be read.</summary>
    public bool SkipsUnreadable { get; init; }

    /// <summary>Whether only the last entry is rewritten.</summary>
    public bool OnlyLast { get; init; }

    public async Task<JournalContent> LoadAsync(CancellationToken cancellation)
    {
        JournalContent content = await inner.LoadAsync(cancellation);
        if (SkipsUnreadable)
        {
            content = content with { Entries = content.Entries.RemoveAll(entry => !IsReadable(entry)), Pages = content.Pages.RemoveAll(page => !IsReadable(page.Content ?? default)) };
        }

        return Rewrites is null ? content : content with { Entries = [.. content.Entries.Select((entry, index) => OnlyLast && index + 1 < content.Entries.Length ? entry : Rewrite(entry, Rewrites))] };
    }

    public Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        if (Drops is { } part && entries.Any(entry => Encoding.Latin1.GetString(entry.Span).Contains(part, StringComparison.Ordinal)))
        {
            return Task.CompletedTask;
        }

        ImmutableArray<ReadOnlyMemory<byte>> written = Stores is null ? entries : [.. entries.Select(entry => Rewrite(entry, Stores))];
        Task stored = inner.AppendAsync(expectedPosition, written, cancellation);
        return AnswersEarly ? Task.CompletedTask : stored;
    }

    public async Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation)
    {
        if (TruncatesFirst)
        {
            await inner.WritePagesAsync(position, [], cancellation);
        }

        await inner.WritePagesAsync(
            PagesAreYounger ? Math.Max(0, position - 1) : position, LeavesPageOut && !pages.IsEmpty ? pages.RemoveAt(pages.Length - 1) : pages, cancellation);
    }

    public Task TruncateAsync(long position, CancellationToken cancellation) => inner.TruncateAsync(PagesAreYounger ? Math.Max(0, position - 1) : position, cancellation);

    public bool IsShared => inner.IsShared;

    public Task FenceAsync(long position, CancellationToken cancellation) => inner.FenceAsync(position, cancellation);

    private static bool IsReadable(ReadOnlyMemory<byte> framed) => Frame.Open(framed, byte.MaxValue, out _, out _) is null;

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> entry, Func<byte[], byte[]?> rewrites)
    {
        // What is damaged is left to the product.
        string? damage = Frame.Open(entry, byte.MaxValue, out byte format, out ReadOnlyMemory<byte> body);
        return damage is null && rewrites(body.ToArray()) is { } other ? Frame.Seal(format, other) : entry;
    }
}
