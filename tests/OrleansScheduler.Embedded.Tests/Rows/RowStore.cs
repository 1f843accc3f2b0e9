using System.Collections.Immutable;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Tests.Rows;

/// <summary>A store whose journals are rows under ETags, as grain storage has them, and lie in memory.</summary>
/// <remarks>
/// As deterministic as <see cref="MemoryStore"/>: a call completes synchronously unless a fault site stalls. The sites of
/// journals surround whole calls; each row below them is a state of its own, with its own sites. A crash is to open another
/// store from <see cref="Snapshot"/>, at whatever moment: rows that no head names yet are in it.
/// </remarks>
internal sealed class RowStore : IEmbeddedStore
{
    private readonly MemoryStore _rows;
    private readonly IStorageFaults _faults;
    private readonly TimeProvider _time;
    private readonly RowOptions? _options;
    private readonly Random _random;
    private readonly RowStoreMeter _meter = new();

    /// <summary>Opens what an image holds.</summary>
    /// <param name="image">What survived.</param>
    /// <param name="faults">Asked at every site.</param>
    /// <param name="time">For instants in statistics.</param>
    /// <param name="options">Limits of rows; null for those that are used in production.</param>
    public RowStore(MemoryImage image, IStorageFaults faults, TimeProvider time, RowOptions? options = null)
    {
        _rows = new MemoryStore(image, faults, time);
        (_faults, _time, _options) = (faults, time, options);

        // Every opening writes under other marks, or a head of the last process could pass for one of this.
        _random = new Random((int)_rows.Incarnation);
    }

    public long Incarnation => _rows.Incarnation;

    public long Epoch => _rows.Epoch;

    public StoreStatistics Statistics => _meter.Over(_rows.Statistics);

    /// <summary>What a crash at this instant would leave.</summary>
    public MemoryImage Snapshot() => _rows.Snapshot();

    public IJournalStorage Journal(string kind, string key)
    {
        StoreLimits.CheckActor(kind, key);
        var rows = new RowJournal(kind, key, _rows.State(kind, RowNames.StorageKey(key)), Other(), _options);
        return new RowStoreJournal(this, kind, key, rows);
    }

    public IStateStorage State(string kind, string key) => _rows.State(kind, key);

    public Task SetWakeupAsync(string kind, string key, DateTimeOffset due, CancellationToken cancellation) =>
        _rows.SetWakeupAsync(kind, key, due, cancellation);

    public Task ClearWakeupAsync(string kind, string key, CancellationToken cancellation) => _rows.ClearWakeupAsync(kind, key, cancellation);

    public Task<ImmutableArray<StoredWakeup>> ListWakeupsAsync(StoredWakeup? after, int countMax, CancellationToken cancellation) =>
        _rows.ListWakeupsAsync(after, countMax, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAny(_meter.Close(), Task.Delay(TimeSpan.FromSeconds(10), _time));
        await _rows.DisposeAsync();
    }

    /// <summary>Notes a call of a journal that closing waits for.</summary>
    internal void Track(Task call) => _meter.Track(call);

    /// <summary>Passes the sites around one call of a journal and counts what became of it.</summary>
    internal async Task<T> PassAsync<T>(
        StorageSite before, StorageSite? after, string kind, string key, Func<Task<T>> act, int entries = 0, long bytes = 0)
    {
        _meter.ThrowIfClosed();
        try
        {
            await FaultPoint.PassAsync(_faults, before, kind, key);
            T result = await act();
            if (after is { } site)
            {
                await FaultPoint.PassAsync(_faults, site, kind, key);
            }

            _meter.Succeeded(before, entries, bytes);
            return result;
        }
        catch (SchedulerException failure)
        {
            _meter.Failed(before, failure, _time.GetUtcNow());
            throw;
        }
    }

    private Random Other()
    {
        lock (_random)
        {
            return new Random(_random.Next());
        }
    }
}
