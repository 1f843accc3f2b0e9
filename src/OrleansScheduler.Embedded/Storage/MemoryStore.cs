using OrleansScheduler.Core.Archives;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage.Archives;
using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>A store without files, under the same contract and with the same fault sites as <see cref="SqliteStore"/>.</summary>
/// <remarks>
/// Deterministic: a call completes synchronously unless a fault site stalls, and then on whoever ends the stall. Writes of one
/// actor happen in the order of the calls, each as a transaction of its own. A crash is to leave the store and to open another from
/// its <see cref="Snapshot"/>: that holds everything acknowledged, and what landed without its caller knowing.
/// </remarks>
public sealed class MemoryStore : IEmbeddedStore, IArchivedStore
{
    private readonly Lock _gate = new();
    private readonly IStorageFaults _faults;
    private readonly TimeProvider _time;
    private readonly Dictionary<(string Kind, string Key), Task> _tails = [];
    private MemoryImage _image;
    private bool _isClosed;

    /// <summary>Opens what an image holds; with <see cref="MemoryImage.Empty"/>, nothing.</summary>
    /// <param name="image">What survived.</param>
    /// <param name="faults">Asked at every storage site except <see cref="StorageSite.OpenSchema"/> and
    /// <see cref="StorageSite.Clean"/>, which this store does not have.</param>
    /// <param name="time">For instants in statistics.</param>
    public MemoryStore(MemoryImage image, IStorageFaults faults, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faults);
        ArgumentNullException.ThrowIfNull(time);
        (_faults, _time) = (faults, time);
        _image = image.With(statistics: StoreStatistics.Empty, incarnation: image.Incarnation + 1);
    }

    /// <inheritdoc/>
    public long Incarnation => _image.Incarnation;

    /// <inheritdoc/>
    public long Epoch => _image.Epoch;

    /// <inheritdoc/>
    public StoreStatistics Statistics => Snapshot().Statistics;

    /// <summary>What a crash at this instant would leave.</summary>
    public MemoryImage Snapshot()
    {
        lock (_gate)
        {
            return _image;
        }
    }

    /// <inheritdoc/>
    IArchiveSource IArchivedStore.OpenArchive(DateTimeOffset at, bool skipDamaged, CancellationToken cancellation) =>
        new MemoryArchive(Snapshot(), at);

    /// <inheritdoc/>
    public IJournalStorage Journal(string kind, string key)
    {
        StoreLimits.CheckActor(kind, key);
        return new MemoryJournal(this, kind, key);
    }

    /// <inheritdoc/>
    public IStateStorage State(string kind, string key)
    {
        StoreLimits.CheckActor(kind, key);
        return new MemoryState(this, kind, key);
    }

    /// <inheritdoc/>
    public Task SetWakeupAsync(string kind, string key, DateTimeOffset due, CancellationToken cancellation) =>
        ChangeWakeupsAsync(kind, key, wakeups => wakeups.SetItem((kind, key), due.ToUniversalTime()), cancellation);

    /// <inheritdoc/>
    public Task ClearWakeupAsync(string kind, string key, CancellationToken cancellation) =>
        ChangeWakeupsAsync(kind, key, wakeups => wakeups.Remove((kind, key)), cancellation);

    /// <inheritdoc/>
    public async Task<ImmutableArray<StoredWakeup>> ListWakeupsAsync(
        StoredWakeup? after, int countMax, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, StoreLimits.WakeupPageMax);
        await PassReadAsync(StorageSite.WakeupList, "", "", cancellation);
        return
        [
            .. Snapshot().Wakeups
                .Where(one => after is null || MemoryKeyOrder.Instance.Compare(one.Key, (after.Kind, after.Key)) > 0)
                .Take(countMax)
                .Select(one => new StoredWakeup(one.Key.Kind, one.Key.Key, one.Value)),
        ];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Task[] open;
        lock (_gate)
        {
            _isClosed = true;
            open = [.. _tails.Values];
        }

        return new ValueTask(Task.WhenAll(open).WaitAsync(TimeSpan.FromSeconds(10), _time)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
    }

    internal async ValueTask PassReadAsync(StorageSite site, string kind, string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pass = FaultPoint.PassAsync(_faults, site, kind, key);
        await (pass.IsCompletedSuccessfully ? Task.CompletedTask : pass.AsTask().WaitAsync(cancellation));
        lock (_gate)
        {
            if (_isClosed)
            {
                throw StoreRefusal.Closed();
            }
        }
    }

    /// <summary>Changes the image after the earlier writes of the same actor.</summary>
    internal Task WriteAsync(
        StorageSite before, StorageSite after, string kind, string key, Func<MemoryImage, MemoryChange> change,
        CancellationToken cancellation)
    {
        var done = new TaskCompletionSource();
        Task? previous;
        lock (_gate)
        {
            if (_isClosed)
            {
                return Task.FromException(StoreRefusal.Closed());
            }

            previous = _tails.GetValueOrDefault((kind, key));
            _tails[(kind, key)] = done.Task;
        }

        // It ends by completing what we return, never with an exception of its own.
        _ = RunAsync(previous, done, before, after, kind, key, change);
        return cancellation.CanBeCanceled ? done.Task.WaitAsync(cancellation) : done.Task;
    }

    private Task ChangeWakeupsAsync(
        string kind, string key,
        Func<ImmutableSortedDictionary<(string Kind, string Key), DateTimeOffset>,
            ImmutableSortedDictionary<(string Kind, string Key), DateTimeOffset>> change,
        CancellationToken cancellation)
    {
        StoreLimits.CheckActor(kind, key);
        return WriteAsync(
            StorageSite.WakeupBefore, StorageSite.WakeupAfter, kind, key,
            image => new MemoryChange(image.With(wakeups: change(image.Wakeups))), cancellation);
    }

    private async Task RunAsync(
        Task? previous, TaskCompletionSource done, StorageSite before, StorageSite after, string kind, string key,
        Func<MemoryImage, MemoryChange> change)
    {
        Exception? failure = null;
        try
        {
            await Task.WhenAny(previous ?? Task.CompletedTask);
            await FaultPoint.PassAsync(_faults, before, kind, key);
            await FaultPoint.PassAsync(_faults, StorageSite.CommitBefore);
            failure = Apply(change);
            if (failure is null)
            {
                await FaultPoint.PassAsync(_faults, StorageSite.CommitAfter);
                await FaultPoint.PassAsync(_faults, after, kind, key);
            }
        }
        catch (SchedulerException exception)
        {
            Degrade(exception);
            failure = exception;
        }

        Leave(kind, key, done, failure);
    }

    private Exception? Apply(Func<MemoryImage, MemoryChange> change)
    {
        lock (_gate)
        {
            var (image, refusal) = change(_image);
            if (refusal is null)
            {
                var counters = image.Statistics;
                _image = image.With(statistics: counters with { Groups = counters.Groups + 1, IsDegraded = false });
            }

            return refusal;
        }
    }

    private void Degrade(SchedulerException exception)
    {
        lock (_gate)
        {
            var failure = new StoreFailure(exception.Code, exception.Message, _time.GetUtcNow());
            _image = _image.With(statistics: _image.Statistics with { IsDegraded = true, LastFailure = failure });
        }
    }

    private void Leave(string kind, string key, TaskCompletionSource done, Exception? failure)
    {
        lock (_gate)
        {
            if (_tails[(kind, key)] == done.Task)
            {
                _tails.Remove((kind, key));
            }
        }

        if (failure is null)
        {
            done.SetResult();
        }
        else
        {
            // Who stopped waiting does not want to hear of it as an unobserved exception.
            done.SetException(failure);
            _ = done.Task.Exception;
        }
    }
}
