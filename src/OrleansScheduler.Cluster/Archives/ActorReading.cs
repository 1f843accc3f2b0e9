using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Cluster.Archives;

/// <summary>Reads one actor of an instant, as the actor itself would load.</summary>
/// <param name="reads">Reads the rows.</param>
/// <param name="actor">What there is of it.</param>
internal sealed class ActorReading(RowReads reads, StoredActor actor)
{
    private static readonly RowOptions Limits = new();

    private string Name => $"{actor.Kind}/{actor.Key}";

    /// <summary>Everything of it.</summary>
    /// <exception cref="CorruptStateException">A row is damaged.</exception>
    /// <exception cref="StorageException"><c>storage_format</c>: a newer version wrote a row.</exception>
    public async Task<ActorParts> ReadAsync() => new(actor.Kind, actor.Key, await JournalAsync(), await StatesAsync(), actor.Wakeup);

    /// <summary>Reads it and sees that an archive may hold it.</summary>
    /// <returns>What is damaged; null for nothing.</returns>
    public async Task<CorruptStateException?> ProveAsync()
    {
        try
        {
            var order = new ArchiveOrder();
            foreach (ArchivePart part in (await ReadAsync()).Read())
            {
                if (order.Next(part) is { } expected)
                {
                    return new CorruptStateException(Name, RowOf(part), $"expected {expected}");
                }
            }

            return null;
        }
        catch (CorruptStateException fault)
        {
            return fault;
        }
    }

    private static string RowOf(ArchivePart part) => part switch
    {
        ArchivePart.Page page => $"page {page.Name}",
        ArchivePart.Entry entry => FormattableString.Invariant($"entry {entry.Position}"),
        ArchivePart.State state => $"state {state.Name}",
        _ => "its name",
    };

    private async Task<JournalContent> JournalAsync()
    {
        if (actor.JournalRows == 0)
        {
            return JournalContent.Empty;
        }

        var rows = new JournalRows(actor.Kind, actor.Key, new InstantRows(reads, actor.Key, prefix: ""));
        LoadedJournal loaded = await new JournalLoader(rows, Limits).LoadAsync();

        // An actor that loads takes this for a new journal; here it is known that there are rows of it.
        return loaded.ETag is null ? throw rows.Corrupt(JournalRows.Head, "it is missing") : loaded.Content;
    }

    private async Task<ImmutableArray<(string Name, ReadOnlyMemory<byte> Content)>> StatesAsync()
    {
        var rows = new InstantRows(reads, actor.Key, prefix: $"{actor.Kind}.state.");
        return [.. await Batches.RunAsync(actor.States, Limits.RowsAtOnce, name => StateAsync(rows, name))];
    }

    private async Task<(string Name, ReadOnlyMemory<byte> Content)> StateAsync(InstantRows rows, string name) =>
        await rows.ReadAsync(name, CancellationToken.None) is { } stored
            ? (name, stored.Content)
            : throw new InvariantException($"The state {name} of {Name} was listed and is not there at the same instant.");
}
