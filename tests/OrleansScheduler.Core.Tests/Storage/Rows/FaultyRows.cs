using System.Globalization;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Tests.Storage.Rows;

/// <summary>Rows under ETags, in memory, of which no two change together. A test decides what becomes of each call.</summary>
internal sealed class FaultyRows : IStateStorage
{
    private static readonly Task<StoredState?> Never = new TaskCompletionSource<StoredState?>().Task;

    private readonly List<Action> _late = [];
    private Func<string, bool, RowFault>? _fate;
    private long _etags;
    private bool _isDead;

    /// <summary>The rows by name. A test may damage them.</summary>
    public Dictionary<string, StoredState> Rows { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What was read, in order.</summary>
    public List<string> Reads { get; } = [];

    /// <summary>What landed, in order, with its length.</summary>
    public List<(string Name, int Bytes)> Writes { get; } = [];

    /// <summary>Versions that were replaced, the newest last.</summary>
    public List<(string Name, StoredState State)> Replaced { get; } = [];

    /// <summary>While set, every call (its row, and whether it writes) waits for the task that this returns, and is carried out then.</summary>
    public Func<string, bool, Task>? Gate { get; set; }

    /// <summary>Decides by name of the row and whether it is a write.</summary>
    public void Decide(Func<string, bool, RowFault>? fate) => _fate = fate;

    /// <summary>The next write fails so.</summary>
    public void FailNextWrite(RowFault fault) => _fate = (_, isWrite) =>
    {
        if (!isWrite)
        {
            return RowFault.None;
        }

        _fate = null;
        return fault;
    };

    /// <summary>Writes that failed arrive, as far as their ETags still allow it.</summary>
    public void LandLate()
    {
        foreach (Action land in _late.ToArray())
        {
            land();
        }

        _late.Clear();
    }

    public bool HasLate => _late.Count > 0;

    /// <summary>What another process finds.</summary>
    public FaultyRows Survivor() => new() { Rows = new(Rows, StringComparer.Ordinal), _etags = _etags };

    public void ForgetCalls()
    {
        Reads.Clear();
        Writes.Clear();
    }

    public async Task<StoredState?> ReadAsync(string name, CancellationToken cancellation)
    {
        await (Gate?.Invoke(name, false) ?? Task.CompletedTask);
        RowFault fate = Fate(name, isWrite: false);
        if (_isDead)
        {
            return await Never;
        }

        Reads.Add(name);
        return fate == RowFault.None ? Rows.GetValueOrDefault(name) : throw Failure();
    }

    public async Task<string> WriteAsync(string name, ReadOnlyMemory<byte> content, string? expectedETag, CancellationToken cancellation)
    {
        var state = new StoredState(content.ToArray(), (++_etags).ToString(CultureInfo.InvariantCulture));
        await (Gate?.Invoke(name, true) ?? Task.CompletedTask);
        RowFault fate = Fate(name, isWrite: true);
        _isDead |= fate == RowFault.DeathBefore;
        if (_isDead)
        {
            await Never;
        }

        switch (fate)
        {
            case RowFault.None:
                Land(name, state, expectedETag);
                return state.ETag;
            case RowFault.After:
                Land(name, state, expectedETag);
                break;
            case RowFault.Late:
                _late.Add(() => TryLand(name, state, expectedETag));
                break;
            case RowFault.Death:
                Land(name, state, expectedETag);
                _isDead = true;
                await Never;
                break;
            default:
                break;
        }

        throw Failure();
    }

    public Task ClearAsync(string name, string expectedETag, CancellationToken cancellation) =>
        throw new NotSupportedException("Rows are never cleared.");

    private static StorageException Failure() => new(ErrorCodes.StorageFailed, "Told to fail.");

    private RowFault Fate(string name, bool isWrite) => _isDead ? RowFault.DeathBefore : _fate?.Invoke(name, isWrite) ?? RowFault.None;

    private void Land(string name, StoredState state, string? expectedETag)
    {
        if (!TryLand(name, state, expectedETag))
        {
            throw new StorageException(ErrorCodes.JournalConflict, $"{name} has another ETag.", isTransient: false);
        }
    }

    private bool TryLand(string name, StoredState state, string? expectedETag)
    {
        StoredState? now = Rows.GetValueOrDefault(name);
        if (now?.ETag != expectedETag)
        {
            return false;
        }

        if (now is not null)
        {
            Replaced.Add((name, now));
        }

        Rows[name] = state;
        Writes.Add((name, state.Content.Length));
        return true;
    }
}
