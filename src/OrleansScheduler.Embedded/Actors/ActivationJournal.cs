using System.Collections.Immutable;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Embedded.Actors;

/// <summary>The journal of one activation, which reads after what earlier ones wrote, and knows what it is writing itself.</summary>
internal sealed class ActivationJournal(IJournalStorage storage, UnfinishedWrites unfinished, string key) : IJournalStorage
{
    private Task _append = Task.CompletedTask;
    private Task _snapshot = Task.CompletedTask;

    public bool IsShared => storage.IsShared;

    /// <summary>The activation ends; to be called in its turn.</summary>
    public void End() => unfinished.Add(key, _append, _snapshot);

    public async Task<JournalContent> LoadAsync(CancellationToken cancellation)
    {
        // What is shared is fenced by storage itself, also against other processes.
        if (!storage.IsShared)
        {
            await unfinished.WaitAsync(key, cancellation);
        }

        return await storage.LoadAsync(cancellation);
    }

    public Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation) =>
        _append = storage.AppendAsync(expectedPosition, entries, cancellation);

    public Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation) =>
        _snapshot = storage.WritePagesAsync(position, pages, cancellation);

    public Task TruncateAsync(long position, CancellationToken cancellation) => _snapshot = storage.TruncateAsync(position, cancellation);

    public Task RetireAsync(CancellationToken cancellation) => _snapshot = storage.RetireAsync(cancellation);

    public Task FenceAsync(long position, CancellationToken cancellation) => storage.FenceAsync(position, cancellation);
}
