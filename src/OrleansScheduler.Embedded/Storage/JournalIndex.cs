using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Every journal of the store in memory, in place of a second index on the log, which would make appends random writes.</summary>
internal sealed class JournalIndex
{
    /// <summary>What a row costs in the file beyond its payload, roughly.</summary>
    private const int RowBytes = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, string Key), JournalSlot> _byName = [];
    private readonly Dictionary<long, JournalSlot> _byNo = [];
    private readonly Queue<JournalSlot> _vacant = [];
    private long _lastNo;
    private string? _damagedRow;
    private volatile IReadOnlyDictionary<long, long> _moves = new Dictionary<long, long>();

    /// <summary>Where the latest cleaning step puts the rows that it moves: new ids by old ones. Replaced before the step commits,
    /// so that whoever looked up a place before and reads after finds the row.</summary>
    public IReadOnlyDictionary<long, long> Moves
    {
        get => _moves;
        set => _moves = value;
    }

    public long LastLogId { get; set; }

    /// <summary>Ids of rows that were found damaged when opening: evidence, which the cleaner keeps.</summary>
    public HashSet<long> Suspects { get; } = [];

    /// <summary>The first damage that was found when opening; null when there was none.</summary>
    public CorruptStateException? Finding { get; private set; }

    /// <summary>True when journals may be removed. Not while a damaged row may be the one that listed a journal: what is removed is not listed either.</summary>
    public bool HasVacant => _vacant.Count > 0 && _damagedRow is null;

    public long RowsLive { get; private set; }

    public long BytesLive { get; private set; }

    public long BytesDead { get; private set; }

    /// <summary>Rows that were ever added, those included that were there when opening.</summary>
    public long RowsAdded { get; private set; }

    /// <summary>Bytes in them.</summary>
    public long BytesAdded { get; private set; }

    /// <summary>Reads the journals and where their entries are; about a microsecond per row, and all bytes of the log.</summary>
    public static JournalIndex Read(Database database)
    {
        var index = new JournalIndex();
        index.ReadJournals(database);
        index.ReadLog(database);
        return index;
    }

    /// <summary>The journal, or null when it was never written.</summary>
    /// <exception cref="CorruptStateException">It is not listed, but a damaged row might be the one that listed it.</exception>
    public JournalSlot? Find(string kind, string key)
    {
        lock (_gate)
        {
            var slot = _byName.GetValueOrDefault((kind, key));
            return slot is null && _damagedRow is not null
                ? throw new CorruptStateException($"{kind}/{key}", _damagedRow, "it may be the row of this journal")
                : slot;
        }
    }

    /// <summary>The journal, numbered now when it is new. Only for the writer.</summary>
    public JournalSlot Obtain(string kind, string key)
    {
        lock (_gate)
        {
            if (Find(kind, key) is { } known)
            {
                return known;
            }

            var slot = new JournalSlot(++_lastNo, kind, key);
            _byName[(kind, key)] = slot;
            _byNo[slot.No] = slot;
            return slot;
        }
    }

    /// <summary>The journal's actor is done with it: it is removed once nothing is left of it. Only for the writer.</summary>
    public void Retire(JournalSlot slot)
    {
        slot.IsRetired = true;
        NoteVacant(slot);
    }

    /// <summary>Journals of which nothing is left but their row. Only for the writer.</summary>
    public List<JournalSlot> TakeVacant(int countMax)
    {
        HashSet<JournalSlot> slots = [];
        while (slots.Count < countMax && _vacant.TryDequeue(out var slot))
        {
            if (slot is { IsVacant: true, IsGone: false })
            {
                slots.Add(slot);
            }
        }

        return [.. slots];
    }

    /// <summary>They could not be removed now.</summary>
    public void PutBackVacant(List<JournalSlot> slots) => slots.ForEach(_vacant.Enqueue);

    /// <summary>The row of a journal is removed. Whoever holds the slot may bring it back.</summary>
    public void Forget(JournalSlot slot)
    {
        lock (_gate)
        {
            slot.Forget();
            _byName.Remove((slot.Kind, slot.Key));
            _byNo.Remove(slot.No);
        }
    }

    /// <summary>Lists a journal again whose row was removed, at its old position. Only for the writer.</summary>
    /// <returns>False when there is another of this name by now.</returns>
    public bool TryRestore(JournalSlot slot)
    {
        lock (_gate)
        {
            if (!_byName.TryAdd((slot.Kind, slot.Key), slot))
            {
                return false;
            }

            _byNo[slot.No] = slot;
            slot.IsGone = false;
            return true;
        }
    }

    public JournalSlot? ByNo(long no) => _byNo.GetValueOrDefault(no);

    public void Added(JournalSlot slot, LogRow row)
    {
        slot.Add(row);
        slot.RowsInFile++;
        RowsLive++;
        BytesLive += row.Bytes + RowBytes;
        RowsAdded++;
        BytesAdded += row.Bytes;
    }

    public void Dropped(JournalSlot slot, long position)
    {
        var (rows, payloadBytes) = slot.Drop(position);
        var bytes = payloadBytes + ((long)rows * RowBytes);
        RowsLive -= rows;
        BytesLive -= bytes;
        BytesDead += bytes;
    }

    /// <summary>A dead row is removed from the log.</summary>
    public void Cleaned(JournalSlot slot, LogRow row)
    {
        BytesDead = Math.Max(0, BytesDead - row.Bytes - RowBytes);
        slot.RowsInFile--;
        if (slot.IsRetired)
        {
            NoteVacant(slot);
        }
    }

    private void NoteVacant(JournalSlot slot)
    {
        if (slot.IsVacant)
        {
            _vacant.Enqueue(slot);
        }
    }

    private void ReadJournals(Database database)
    {
        var statement = database.Prepare("SELECT no, kind, key, snapshot_position, pages, checksum FROM journals");
        while (statement.Step())
        {
            var slot = new JournalSlot(statement.Integer(0), statement.Text(1), statement.Text(2));
            var (snapshot, pages) = (statement.Integer(3), statement.Integer(4));
            slot.Restore(snapshot, pages, slot.RowSum(snapshot, pages) == statement.Integer(5));
            _damagedRow ??= slot.Damage?.Row;
            Finding ??= slot.Damage?.ToException(slot.Kind, slot.Key);
            _byName[(slot.Kind, slot.Key)] = slot;
            _byNo[slot.No] = slot;
            _lastNo = Math.Max(_lastNo, slot.No);
        }

        statement.Reset();
        if (database.Ask("SELECT min(journal) FROM pages WHERE journal NOT IN (SELECT no FROM journals)") is { } lost && lost != 0)
        {
            _damagedRow ??= $"pages {lost}";
            Finding ??= new JournalDamage($"pages {lost}", "no journal has them").ToException("?", "?");
        }
    }

    private void ReadLog(Database database)
    {
        var statement = database.Prepare("SELECT id, journal, position, count, payload FROM log ORDER BY id");
        while (statement.Step())
        {
            var payload = statement.Blob(4);
            Found(
                new LogRow(statement.Integer(2), statement.Integer(0), (int)statement.Integer(3), payload.Length),
                _byNo.GetValueOrDefault(statement.Integer(1)),
                payload);
        }

        statement.Reset();
        foreach (var slot in _byNo.Values)
        {
            slot.Settle();

            // Nobody has loaded it yet: if nothing is in it, nobody asks where it was.
            Retire(slot);
        }
    }

    /// <summary>Files a row that was found when opening.</summary>
    /// <remarks>
    /// The payload is proved here, and not only when it is loaded, because a row under a wrong number or position may look like
    /// one that is dead, or like one of another journal; its own journal would lack its end, and nobody would notice.
    /// </remarks>
    private void Found(LogRow row, JournalSlot? slot, ReadOnlySpan<byte> payload)
    {
        LastLogId = row.Id;
        if (slot is null || LogRowFormat.Damage(slot.Seed, row, payload) is not null)
        {
            Suspects.Add(row.Id);
            Mistrust(row, slot, payload);
        }
        else if (row.Last <= slot.Dropped)
        {
            BytesDead += row.Bytes + RowBytes;
            slot.RowsInFile++;
        }
        else
        {
            Added(slot, row);
        }
    }

    /// <summary>Finds out whose row it is: one that fits the payload, else the one it names.</summary>
    private void Mistrust(LogRow row, JournalSlot? named, ReadOnlySpan<byte> payload)
    {
        var damage = new JournalDamage($"log {row.Id}", "its checksum does not fit");
        var owner = named;
        foreach (var slot in _byNo.Values)
        {
            if (LogRowFormat.Damage(slot.Seed, row, payload) is null)
            {
                (owner, damage) = (slot, damage with { Reason = "it names another journal" });
                break;
            }
        }

        // A row whose owner nobody knows may be all that is left of a journal that is not listed any more.
        _damagedRow ??= owner is null ? damage.Row : null;
        owner?.Mistrust(damage);
        Finding ??= damage.ToException(owner?.Kind ?? "?", owner?.Key ?? "?");
    }
}
