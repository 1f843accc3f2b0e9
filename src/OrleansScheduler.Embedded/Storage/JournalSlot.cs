namespace OrleansScheduler.Embedded.Storage;

/// <summary>One journal in memory: its marks, and where in the log its live rows are.</summary>
/// <remarks>
/// The writer's thread alone changes it; what loads copy is locked. Marks exist twice: what is committed, and
/// what it will be if the transaction under way commits.
/// </remarks>
internal sealed class JournalSlot(long no, string kind, string key)
{
    private readonly Lock _gate = new();
    private LogRow[] _rows = [];
    private int _first;
    private int _count;
    private volatile bool _isGone;

    public long No => no;

    public string Kind => kind;

    public string Key => key;

    /// <summary>The seed of every checksum of this actor.</summary>
    public uint Seed { get; } = Checksum.Of(kind, key);

    public JournalMarks Committed { get; private set; }

    public JournalMarks Pending { get; set; }

    /// <summary>True while the transaction under way has changed the marks.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Its rows in the log, dead ones included. Its row in the journals table stays as long as there is one: it tells whose they are.</summary>
    public int RowsInFile { get; set; }

    /// <summary>True when its actor is done with it; a write takes that back.</summary>
    public bool IsRetired { get; set; }

    /// <summary>True when nothing of it is stored but its row in the journals table.</summary>
    public bool IsVacant => RowsInFile == 0 && Damage is null && Pending is { IsStored: true, PageCount: 0 } && Pending.Snapshot == Pending.End;

    /// <summary>True when its row in the journals table is removed, or is being removed. The marks live on in whoever holds the slot.</summary>
    public bool IsGone
    {
        get => _isGone;
        set => _isGone = value;
    }

    /// <summary>Rows that end here or before are dead.</summary>
    public long Dropped { get; private set; }

    /// <summary>What was found when opening, and keeps the journal from being used; null when it is sound.</summary>
    public JournalDamage? Damage { get; private set; }

    /// <summary>The checksum of its row in the journals table.</summary>
    public uint RowSum(long snapshot, long pageCount) =>
        Checksum.Add(Checksum.Add(Checksum.Add(Seed, no), snapshot), pageCount);

    public void Commit()
    {
        lock (_gate)
        {
            Committed = Pending;
        }

        IsTouched = false;
    }

    public void Rollback()
    {
        Pending = Committed;
        IsTouched = false;
    }

    /// <summary>Its row in the journals table is removed.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            Committed = Pending = Pending with { IsStored = false };
        }
    }

    /// <summary>Takes over what the file says, when opening. Nothing of a damaged journal counts as dead.</summary>
    public void Restore(long snapshot, long pageCount, bool isSound)
    {
        Committed = Pending = new JournalMarks(true, snapshot, snapshot, pageCount);
        Dropped = isSound ? snapshot : 0;
        Damage = isSound ? null : new JournalDamage($"journals {No}", "its checksum does not fit");
    }

    /// <summary>Notes what is wrong with one of its rows, when opening. The first finding is kept.</summary>
    public void Mistrust(JournalDamage damage) => Damage ??= damage;

    /// <summary>Brings rows that were added in the order of the file into the order of the journal, when opening.</summary>
    public void Settle()
    {
        Array.Sort(_rows, _first, _count, Comparer<LogRow>.Create((left, right) => left.Position.CompareTo(right.Position)));
        var end = _count == 0 ? Committed.End : Math.Max(Committed.End, _rows[_first + _count - 1].Last);
        Committed = Pending = Committed with { End = end };
    }

    public void Add(LogRow row)
    {
        lock (_gate)
        {
            if (_first + _count == _rows.Length)
            {
                Grow();
            }

            _rows[_first + _count++] = row;
        }
    }

    /// <summary>Gives up the rows that end at or before a position.</summary>
    /// <returns>How many rows and bytes those were.</returns>
    public (int Rows, long Bytes) Drop(long position)
    {
        lock (_gate)
        {
            var (rows, bytes) = (0, 0L);
            while (rows < _count && _rows[_first + rows].Last <= position)
            {
                bytes += _rows[_first + rows++].Bytes;
            }

            _first += rows;
            _count -= rows;
            if (_count == 0)
            {
                (_rows, _first) = ([], 0);
            }

            Dropped = Math.Max(Dropped, position);
            return (rows, bytes);
        }
    }

    /// <summary>Notes that the row at a position has a new place in the log; nothing when there is no such row.</summary>
    public void Move(long position, long oldId, long newId)
    {
        lock (_gate)
        {
            var (low, high) = (_first, _first + _count - 1);
            while (low <= high)
            {
                var middle = (low + high) >>> 1;
                if (_rows[middle].Position == position)
                {
                    if (_rows[middle].Id == oldId)
                    {
                        _rows[middle] = _rows[middle] with { Id = newId };
                    }

                    return;
                }

                (low, high) = _rows[middle].Position < position ? (middle + 1, high) : (low, middle - 1);
            }
        }
    }

    /// <summary>The committed marks, and the live rows in the order of the journal.</summary>
    public (JournalMarks Marks, LogRow[] Rows) Copy()
    {
        lock (_gate)
        {
            return (Committed, _rows.AsSpan(_first, _count).ToArray());
        }
    }

    private void Grow()
    {
        // Dropped rows leave room at the front; growing is only for a window that has no such room to speak of.
        var rows = _count >= _rows.Length / 2 ? new LogRow[Math.Max(4, _count * 2)] : _rows;
        Array.Copy(_rows, _first, rows, 0, _count);
        (_rows, _first) = (rows, 0);
    }
}
