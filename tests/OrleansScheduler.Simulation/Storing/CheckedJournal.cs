using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>A journal whose answers are held against the ledger: what was acknowledged is stored, and what is loaded is all of it.</summary>
/// <remarks>It holds for every process that still runs, so an activation that others have replaced can acknowledge nothing.</remarks>
internal sealed class CheckedJournal(World world, SimulatedProcess process, string kind, string key, IJournalStorage inner) : IJournalStorage
{
    public async Task<JournalContent> LoadAsync(CancellationToken cancellation)
    {
        if (world.Process != process)
        {
            // Only what was active when its process was replaced goes on.
            throw new StorageException(ErrorCodes.StorageFailed, "Nothing is told to a process that was replaced.");
        }

        long known = world.Ledger.EndOf(kind, key);
        JournalContent content = await inner.LoadAsync(cancellation);
        world.Ledger.Read(process.Store);
        world.Ledger.CheckLoaded(kind, key, known, content);
        return content;
    }

    public async Task AppendAsync(long expectedPosition, ImmutableArray<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        await inner.AppendAsync(expectedPosition, entries, cancellation);
        world.Ledger.CheckAcknowledged(kind, key, expectedPosition, entries);
    }

    public Task WritePagesAsync(long position, ImmutableArray<JournalPage> pages, CancellationToken cancellation) =>
        inner.WritePagesAsync(position, pages, cancellation);

    public Task TruncateAsync(long position, CancellationToken cancellation) => inner.TruncateAsync(position, cancellation);

    public bool IsShared => inner.IsShared;

    public Task FenceAsync(long position, CancellationToken cancellation) => inner.FenceAsync(position, cancellation);
}
