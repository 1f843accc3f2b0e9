using System.Collections.Immutable;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Tests.Rows;

/// <summary>The journal of one actor in a <see cref="RowStore"/>: rows, with the fault sites of journals around them.</summary>
internal sealed class RowStoreJournal(RowStore store, string kind, string key, RowJournal rows) : IJournalStorage
{
    private Task _last = Task.CompletedTask;

    public Task<JournalContent> LoadAsync(CancellationToken cancellation) => InOrderAsync(
        () => store.PassAsync(StorageSite.JournalLoad, null, kind, key, () => rows.LoadAsync(CancellationToken.None)), cancellation);

    public Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        StoreLimits.CheckEntries(expectedPosition, entries);
        ImmutableArray<ReadOnlyMemory<byte>> copies = [.. entries.Select(entry => (ReadOnlyMemory<byte>)entry.ToArray())];
        return WriteAsync(
            StorageSite.AppendBefore, StorageSite.AppendAfter, () => rows.AppendAsync(expectedPosition, copies, CancellationToken.None),
            cancellation, copies.Length, copies.Sum(entry => (long)entry.Length));
    }

    public Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation)
    {
        StoreLimits.CheckPages(position, pages);
        ImmutableArray<JournalPage> copies =
            [.. pages.Select(page => page.Content is { } content ? page with { Content = content.ToArray() } : page)];
        return WriteAsync(
            StorageSite.PagesBefore, StorageSite.PagesAfter, () => rows.WritePagesAsync(position, copies, CancellationToken.None),
            cancellation);
    }

    public Task TruncateAsync(long position, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return WriteAsync(
            StorageSite.TruncateBefore, StorageSite.TruncateAfter, () => rows.TruncateAsync(position, CancellationToken.None), cancellation);
    }

    public bool IsShared => rows.IsShared;

    public Task FenceAsync(long position, CancellationToken cancellation) => WriteAsync(
        StorageSite.PagesBefore, StorageSite.PagesAfter, () => rows.FenceAsync(position, CancellationToken.None), cancellation);

    private Task WriteAsync(
        StorageSite before, StorageSite after, Func<Task> act, CancellationToken cancellation, int entries = 0, long bytes = 0) =>
        InOrderAsync(
            () => store.PassAsync(
                before,
                after,
                kind,
                key,
                async () =>
                {
                    await act();
                    return true;
                },
                entries,
                bytes),
            cancellation);

    // Who stops waiting does not stop the call, and later ones wait for it.
    private Task<T> InOrderAsync<T>(Func<Task<T>> act, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Task<T> done = RunAsync(_last, act);
        _last = done;
        store.Track(done);
        return cancellation.CanBeCanceled ? done.WaitAsync(cancellation) : done;
    }

    private static async Task<T> RunAsync<T>(Task before, Func<Task<T>> act)
    {
        await Task.WhenAny(before);
        return await act();
    }
}
