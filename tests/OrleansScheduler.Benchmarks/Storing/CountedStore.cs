using System.Collections.Immutable;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;

namespace OrleansScheduler.Benchmarks.Storing;

/// <summary>A store that counts; its journals are those of the store below, or rows in named states of that store.</summary>
internal sealed class CountedStore(IEmbeddedStore below, bool inRows) : IEmbeddedStore
{
    public ByteCounts Counts { get; } = new();

    public long Incarnation => below.Incarnation;

    public long Epoch => below.Epoch;

    public StoreStatistics Statistics => below.Statistics;

    public IJournalStorage Journal(string kind, string key) => new CountedJournal(
        inRows
            ? new RowJournal(kind, key, new CountedRows(below.State(kind, RowNames.StorageKey(key)), Counts), new Random(key.Length))
            : below.Journal(kind, key),
        Counts);

    public IStateStorage State(string kind, string key) => below.State(kind, key);

    public Task SetWakeupAsync(string kind, string key, DateTimeOffset due, CancellationToken cancellation) =>
        below.SetWakeupAsync(kind, key, due, cancellation);

    public Task ClearWakeupAsync(string kind, string key, CancellationToken cancellation) => below.ClearWakeupAsync(kind, key, cancellation);

    public Task<ImmutableArray<StoredWakeup>> ListWakeupsAsync(StoredWakeup? after, int countMax, CancellationToken cancellation) =>
        below.ListWakeupsAsync(after, countMax, cancellation);

    public ValueTask DisposeAsync() => below.DisposeAsync();
}
