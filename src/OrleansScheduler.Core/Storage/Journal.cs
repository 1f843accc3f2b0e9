using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage;

/// <summary>The state of an actor, kept as a journal: folds entries, writes them in groups, and cuts snapshots.</summary>
/// <remarks>
/// Used from the actor's turns only. An entry is folded at once and durable later; whoever answers from the state awaits
/// <see cref="DurableAsync"/> first. A failed append ends the activation: nothing that was folded but not stored is ever answered.
/// </remarks>
internal sealed class Journal<TState, TEntry>
    where TState : IJournaledState<TEntry>
{
    private readonly IActorContext _context;
    private readonly IEntryCodec<TEntry> _codec;
    private readonly JournalOptions _options;
    private readonly Func<TState, bool> _isOpen;
    private readonly Queue<(ReadOnlyMemory<byte> Entry, JournalGroup Group)> _waiting = new();
    private readonly SnapshotCutter<TState, TEntry> _snapshots;
    private JournalGroup? _written;
    private JournalGroup? _newest;
    private Exception? _fault;
    private bool _writing;
    private long _durable;

    /// <summary>Prepares the journal; <see cref="LoadAsync"/> comes next.</summary>
    /// <param name="context">The activation.</param>
    /// <param name="empty">The state of a journal without entries.</param>
    /// <param name="codec">The form of the entries.</param>
    /// <param name="isOpen">Whether the state owes something for which the actor must be revived after a crash.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public Journal(
        IActorContext context, TState empty, IEntryCodec<TEntry> codec, Func<TState, bool> isOpen, JournalOptions? options = null)
    {
        _context = context;
        _codec = codec;
        _isOpen = isOpen;
        _options = options ?? new JournalOptions();
        State = empty;
        Wakeups = new WakeupKeeper(context, _options.WakeupAhead, FenceAsync);
        _snapshots = new SnapshotCutter<TState, TEntry>(context.Journal, empty, _options);
    }

    public TState State { get; }

    public WakeupKeeper Wakeups { get; }

    /// <summary>The position of the newest entry that is folded.</summary>
    public long Position { get; private set; }

    /// <summary>True while something folded is not stored yet.</summary>
    public bool IsWriting => _writing;

    private string Name => $"{_context.Kind}/{_context.Key}";

    /// <summary>Folds what storage holds.</summary>
    /// <exception cref="CorruptStateException">An entry or page is damaged.</exception>
    /// <exception cref="StorageException">With <c>storage_format</c> when a row is of a newer version.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        JournalContent content = await _context.Journal.LoadAsync(cancellation);
        long pageBytes = 0;
        foreach (JournalPage page in content.Pages)
        {
            ReadOnlyMemory<byte> body = Open(page.Content ?? default, $"page {page.Name}", SnapshotFormat.Newest, out _);
            Guard($"page {page.Name}", () => State.ReadPage(page.Name, body));
            pageBytes += body.Length;
        }

        Guard("pages", State.PagesRead);
        Position = content.SnapshotPosition;
        long bytes = 0;
        foreach (ReadOnlyMemory<byte> framed in content.Entries)
        {
            string row = $"entry {Position + 1}";
            ReadOnlyMemory<byte> body = Open(framed, row, _codec.Format, out byte format);
            Guard(row, () => State.Apply(_codec.Read(body, format)));
            Position++;
            bytes += framed.Length;
        }

        _durable = Position;
        _snapshots.Loaded(pageBytes, bytes);
        if (_context.Journal.IsShared && _isOpen(State))
        {
            _ = Wakeups.HoldWhileAsync(() => _isOpen(State));
        }
    }

    /// <summary>Folds an entry and stores it with whatever else waits. The task completes when it is durable.</summary>
    /// <exception cref="SchedulerException">With <c>outcome_unknown</c> when storing failed.</exception>
    public Task AppendAsync(TEntry entry)
    {
        if (_fault is not null)
        {
            throw _fault;
        }

        byte[] framed = EntryBuffer.Seal(_codec, entry, _options.WritesNewestFormats ? _codec.Format : _codec.PreviousFormat);
        try
        {
            State.Apply(entry);
        }
        catch (Exception fault)
        {
            // The state may be half changed: this activation can answer nothing more.
            throw Poison(new InvariantException($"{Name} could not fold an entry that it had decided: {fault.Message}"));
        }

        Position++;
        _newest = _newest is { IsOpen: true } open && open.Bytes + framed.Length <= _options.GroupBytesMax && open.Entries < _options.GroupEntriesMax
            ? open
            : new JournalGroup();
        _newest.Add(framed.Length);
        _waiting.Enqueue((framed, _newest));
        Task durable = _newest.Durable;
        if (!_writing)
        {
            _ = WriteAsync();
        }

        return durable;
    }

    /// <summary>Completes when everything that is folded now is durable.</summary>
    public Task DurableAsync() =>
        _fault is not null ? Task.FromException(_fault) : _durable == Position ? Task.CompletedTask : _newest!.Durable;

    /// <summary>Waits for what is under way, and writes a snapshot if that makes the next load cheap.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await DurableAsync();
        if (_fault is null && !_writing && (_snapshots.IsWorthwhileAtRest || _snapshots.OwesTruncation))
        {
            await WriteSnapshotAsync(_snapshots.IsWorthwhileAtRest);
        }
    }

    /// <summary>Writes a snapshot now, however little there is to write, so that older entries and removed pages leave storage.</summary>
    /// <returns>True when they have left it. False when the journal is busy or storage refuses for now: ask again later.</returns>
    /// <exception cref="SchedulerException">With <c>outcome_unknown</c> when storage failed for good; the activation ends.</exception>
    public async Task<bool> CutAsync()
    {
        await DurableAsync();
        return _fault is null && !_writing && await WriteSnapshotAsync(isNew: true);
    }

    // Appends of other turns wait meanwhile: the writer and this must not write the same pages.
    private async Task<bool> WriteSnapshotAsync(bool isNew)
    {
        bool isStored = false;
        await AloneAsync(async () =>
        {
            if (isNew)
            {
                _snapshots.Cut(Position);
            }

            isStored = await _snapshots.WriteAsync(_durable);
        });
        return isStored;
    }

    // True when no earlier activation can write any more; false when this one is busy writing.
    private async Task<bool> FenceAsync()
    {
        if (!_context.Journal.IsShared)
        {
            return true;
        }

        if (_writing || _fault is not null)
        {
            return false;
        }

        await AloneAsync(() => _context.Journal.FenceAsync(_durable, CancellationToken.None));
        return true;
    }

    // Appends of other turns wait meanwhile. If it fails, so do they.
    private async Task AloneAsync(Func<Task> write)
    {
        _writing = true;
        try
        {
            await write();
        }
        catch (Exception fault)
        {
            throw Poison(fault);
        }
        finally
        {
            _writing = false;
        }

        if (_waiting.Count > 0)
        {
            _ = WriteAsync();
        }
    }

    // The one writer: it runs while something waits. Its continuations are turns of the actor.
    private async Task WriteAsync()
    {
        _writing = true;
        try
        {
            // What this turn and the turns already queued append travels in the same group.
            await Task.Yield();
            while (_waiting.Count > 0)
            {
                if (!Wakeups.IsHeld && _isOpen(State))
                {
                    await Wakeups.HoldAsync();
                }

                JournalGroup group = _waiting.Peek().Group;
                group.Close();
                _written = group;
                ImmutableArray<ReadOnlyMemory<byte>> entries = Take(group);
                await _context.Journal.AppendAsync(_durable, entries, CancellationToken.None);
                _durable += entries.Length;
                group.Complete();
                _snapshots.Appended(group.Bytes);
                if (_snapshots.IsDue)
                {
                    _snapshots.Cut(Position);
                }

                await _snapshots.WriteAsync(_durable);
            }
        }
        catch (Exception fault)
        {
            Poison(fault);
        }
        finally
        {
            _writing = false;
        }
    }

    private ImmutableArray<ReadOnlyMemory<byte>> Take(JournalGroup group)
    {
        var entries = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(group.Entries);
        while (_waiting.TryPeek(out var next) && next.Group == group)
        {
            entries.Add(_waiting.Dequeue().Entry);
        }

        return entries.MoveToImmutable();
    }

    private Exception Poison(Exception fault)
    {
        if (_fault is not null)
        {
            return _fault;
        }

        string reason = (fault as SchedulerException)?.Code ?? ErrorCodes.StorageFailed;
        _fault = fault as InvariantException as Exception
            ?? new SchedulerException(
                ErrorCodes.OutcomeUnknown,
                $"{Name} could not store what it had accepted ({fault.Message}). Repeat the request with the same id.",
                isTransient: true,
                fault).With("reason", reason);
        _context.Deactivate(_fault);
        _written?.Fail(_fault);
        foreach (var (_, group) in _waiting)
        {
            group.Fail(_fault);
        }

        _waiting.Clear();
        return _fault;
    }

    private ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> framed, string row, byte newest, out byte format)
    {
        string? reason = Frame.Open(framed, newest, out format, out ReadOnlyMemory<byte> content);
        if (reason is null)
        {
            return content;
        }

        throw content.IsEmpty && format <= newest
            ? new CorruptStateException(Name, row, reason)
            : new StorageException(ErrorCodes.StorageFormat, $"{Name} cannot read {row}: {reason}.", isTransient: false);
    }

    private void Guard(string row, Action read)
    {
        try
        {
            read();
        }
        catch (Exception fault) when (fault is not SchedulerException { Code: ErrorCodes.StorageFormat })
        {
            throw new CorruptStateException(Name, row, $"it cannot be understood ({fault.Message})");
        }
    }
}
