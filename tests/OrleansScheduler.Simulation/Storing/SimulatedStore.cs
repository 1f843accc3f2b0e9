using System.Collections.Immutable;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>The storage of one process: a file of its own, or rows that it shares with every process before and after it.</summary>
internal sealed class SimulatedStore(World world, SimulatedProcess process, MemoryStore file, IStorageFaults weather) : IEmbeddedStore
{
    private readonly Dictionary<(string Kind, string Key), Task> _last = [];
    private int _journals;

    public long Incarnation => file.Incarnation;

    public long Epoch => file.Epoch;

    public StoreStatistics Statistics => file.Statistics;

    private RowTable? Rows => world.Rows;

    public IJournalStorage Journal(string kind, string key) => new CheckedJournal(world, process, kind, key, Rows is { } rows
        ? new RowJournal(kind, key, new RowStates(process, rows, kind, key), new Random(HashCode(++_journals)), world.Plan.Storage.Rows)
        : file.Journal(kind, key));

    public IStateStorage State(string kind, string key) => file.State(kind, key);

    public Task SetWakeupAsync(string kind, string key, DateTimeOffset due, CancellationToken cancellation) => Rows is { } rows
        ? ChangeAsync(kind, key, () => rows.Wakeups[(kind, key)] = due)
        : file.SetWakeupAsync(kind, key, due, cancellation);

    public Task ClearWakeupAsync(string kind, string key, CancellationToken cancellation) => Rows is { } rows
        ? ChangeAsync(kind, key, () => Remove(rows, (kind, key)))
        : file.ClearWakeupAsync(kind, key, cancellation);

    public async Task<ImmutableArray<StoredWakeup>> ListWakeupsAsync(StoredWakeup? after, int countMax, CancellationToken cancellation)
    {
        if (Rows is not { } rows)
        {
            return await file.ListWakeupsAsync(after, countMax, cancellation);
        }

        await FaultPoint.PassAsync(weather, StorageSite.WakeupList);
        return
        [
            .. rows.Wakeups
                .Where(one => after is null || MemoryKeyOrder.Instance.Compare(one.Key, (after.Kind, after.Key)) > 0)
                .Take(countMax)
                .Select(one => new StoredWakeup(one.Key.Kind, one.Key.Key, one.Value)),
        ];
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private int HashCode(int journal) => unchecked((world.Plan.Seed * 1_000_003) ^ (process.Number * 7_919) ^ journal);

    // A process that was replaced may add wake-ups, which cost a call. That it removes none is a promise of the cluster's reminders.
    private void Remove(RowTable rows, (string Kind, string Key) actor)
    {
        if (world.Process == process)
        {
            rows.Wakeups.Remove(actor);
        }
    }

    // In the order of the calls, even when nobody awaits between them.
    private Task ChangeAsync(string kind, string key, Action change)
    {
        Task done = ChangeAsync(_last.GetValueOrDefault((kind, key), Task.CompletedTask), kind, key, change);
        _last[(kind, key)] = done;
        return done;
    }

    private async Task ChangeAsync(Task before, string kind, string key, Action change)
    {
        await Task.WhenAny(before);
        await FaultPoint.PassAsync(weather, StorageSite.WakeupBefore, kind, key);
        change();
        await FaultPoint.PassAsync(weather, StorageSite.WakeupAfter, kind, key);
    }
}
