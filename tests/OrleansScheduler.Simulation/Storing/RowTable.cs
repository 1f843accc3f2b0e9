using System.Globalization;
using OrleansScheduler.Core.Storage.Rows;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>Rows under ETags, of which no two change together, kept by a server that outlives every process.</summary>
/// <remarks>What was sent to it may arrive late: after its sender has heard of a failure, and after its sender is gone.</remarks>
internal sealed class RowTable(World world)
{
    private readonly Dictionary<(string Kind, string Key, string Name), StoredState> _rows = [];
    private long _etags;

    /// <summary>When actors are to be woken; one entry for each.</summary>
    public SortedDictionary<(string Kind, string Key), DateTimeOffset> Wakeups { get; } = new(MemoryKeyOrder.Instance);

    /// <summary>All rows that there are, in order.</summary>
    public IEnumerable<(string Kind, string Key, string Name)> Names => _rows.Keys.Order();

    /// <summary>Damages a row, if its journal needs it.</summary>
    /// <returns>What mends it; null when nobody would notice.</returns>
    public Action? Spoil(string kind, string key, string name, int place)
    {
        StoredState known = _rows[(kind, key, name)];
        StoredState spoilt = known with { Content = Damage.Spoil(known.Content, place) };
        _rows[(kind, key, name)] = spoilt;
        if (!IsReadable(kind, key))
        {
            // What arrives late may have replaced it meanwhile.
            return () => _rows[(kind, key, name)] = ReferenceEquals(_rows[(kind, key, name)], spoilt) ? known : _rows[(kind, key, name)];
        }

        _rows[(kind, key, name)] = known;
        return null;
    }

    private bool IsReadable(string kind, string key)
    {
        try
        {
            View(kind, key);
            return true;
        }
        catch (CorruptStateException)
        {
            return false;
        }
    }

    /// <summary>What a process would load at this instant.</summary>
    /// <exception cref="SchedulerException">The rows of the journal make no sense.</exception>
    public JournalContent View(string kind, string key)
    {
        var journal = new RowJournal(kind, key, new Still(this, kind, key), new Random(0), world.Plan.Storage.Rows);
        return journal.LoadAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    public Task<StoredState?> ReadAsync(string kind, string key, string name)
    {
        var answer = new TaskCompletionSource<StoredState?>();
        world.GoOutside(async () =>
        {
            TroubleKind? struck = StorageWeather.Strike(world);
            await PauseAsync(struck);
            Answer(answer, struck == TroubleKind.FailsBefore, () => _rows.GetValueOrDefault((kind, key, name)));
        });
        return answer.Task;
    }

    public Task<string> WriteAsync(SimulatedProcess sender, string kind, string key, string name, ReadOnlyMemory<byte> content, string? expected)
    {
        byte[] copy = content.ToArray();
        var answer = new TaskCompletionSource<string>();
        world.GoOutside(async () =>
        {
            TroubleKind? struck = StorageWeather.Strike(world);
            await PauseAsync(struck);
            if (struck == TroubleKind.Full)
            {
                answer.SetException(new StorageException(ErrorCodes.StorageFull, "The table is full."));
                return;
            }

            bool fails = struck == TroubleKind.FailsBefore;
            if (fails)
            {
                answer.SetException(new StorageException(ErrorCodes.StorageFailed, "There was no answer in time."));
            }

            // Whoever cannot be told any more may still have been heard, at once or some time later.
            if ((!fails && !sender.Turns.IsOver) || await ArrivesAsync())
            {
                StoredState? landed = Land(sender, kind, key, name, copy, expected, isLate: fails);
                if (landed is not null && sender == world.Process && name != RowNames.OfRow(kind, 0) && world.Torn.Strikes())
                {
                    return;
                }

                Answer(answer, struck == TroubleKind.LosesAnswers, () => landed?.ETag ?? throw Conflict(kind, key, name));
            }
        });
        return answer.Task;
    }

    // Nothing arrives after minutes: no client of a database waits for so long.
    private async Task<bool> ArrivesAsync()
    {
        int fate = world.StorageRandom.Next(3);
        if (fate == 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(world.StorageRandom.Next(world.IsCalm ? 2_000 : 40_000)), world.Time);
        }

        return fate > 0;
    }

    private Task PauseAsync(TroubleKind? struck) =>
        StorageWeather.PauseOf(world, struck) is { Ticks: > 0 } pause ? Task.Delay(pause, world.Time) : Task.CompletedTask;

    private StoredState? Land(SimulatedProcess sender, string kind, string key, string name, byte[] content, string? expected, bool isLate)
    {
        bool ignoresETags = world.Bug?.IgnoresETags == true;
        if (!ignoresETags && _rows.GetValueOrDefault((kind, key, name))?.ETag != expected)
        {
            return null;
        }

        var landed = new StoredState(content, (++_etags).ToString(CultureInfo.InvariantCulture));
        _rows[(kind, key, name)] = landed;
        if (world.Rot.Is(kind, key) && IsReadable(kind, key))
        {
            world.Rot.Overwritten();
        }

        if (name == RowNames.OfRow(kind, 0))
        {
            world.IsOvertaken |= isLate || sender != world.Process;
            world.Ledger.ReadRows(kind, key);
        }

        return landed;
    }

    private static void Answer<T>(TaskCompletionSource<T> answer, bool isLost, Func<T> result)
    {
        try
        {
            answer.TrySetResult(isLost ? throw new StorageException(ErrorCodes.StorageFailed, "The answer was lost.") : result());
        }
        catch (StorageException failure)
        {
            answer.TrySetException(failure);
        }
    }

    private static StorageException Conflict(string kind, string key, string name) =>
        new(ErrorCodes.JournalConflict, $"The row {name} of {kind}/{key} has another ETag.", isTransient: false);

    // The rows of one actor as they are now.
    private sealed class Still(RowTable table, string kind, string key) : IStateStorage
    {
        public Task<StoredState?> ReadAsync(string name, CancellationToken cancellation) =>
            Task.FromResult(table._rows.GetValueOrDefault((kind, key, name)));

        public Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
