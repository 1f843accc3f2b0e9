using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>A journal that counts what is written to it.</summary>
internal sealed class CountedJournal(IJournalStorage journal, ByteCounts counts) : IJournalStorage
{
    public Task<JournalContent> LoadAsync(CancellationToken cancellation) => journal.LoadAsync(cancellation);

    public async Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        await journal.AppendAsync(expectedPosition, entries, cancellation);
        counts.Appended(entries.Sum(entry => (long)entry.Length));
    }

    public async Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation)
    {
        await journal.WritePagesAsync(position, pages, cancellation);
        counts.Cut(pages.Sum(page => (long)(page.Content?.Length ?? 0)));
    }

    public Task TruncateAsync(long position, CancellationToken cancellation) => journal.TruncateAsync(position, cancellation);

    public bool IsShared => journal.IsShared;

    public Task FenceAsync(long position, CancellationToken cancellation) => journal.FenceAsync(position, cancellation);
}
