using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>
/// Trims the log by id range: a step removes its oldest rows and adds those that still live at the end again, in one transaction.
/// </summary>
/// <remarks>
/// Which rows are dead follows from the snapshots alone, so that a crash at any point loses nothing. When dead bytes outweigh
/// live ones, the oldest range is cleaned whatever is in it: moving every live row once then costs less than the dead rows did,
/// and the file stays below twice the live bytes plus <see cref="SqliteStoreOptions.CleanBytesMin"/>.
/// </remarks>
internal sealed class LogCleaner(WriteSession session, IStorageFaults faults, StoreMeter meter, SqliteStoreOptions options)
{
    private const int RowsMax = 65_536;
    private const int JournalsMax = 512;

    /// <summary>Removing a dead row costs that much less than moving a live one of the same length.</summary>
    private const int DeadShare = 8;

    private readonly JournalIndex _index = session.Index;
    private (long Rows, long Bytes) _seen = (session.Index.RowsAdded, session.Index.BytesAdded);
    private long _lookAgainAtBytes;

    /// <summary>True when a step may be worth it.</summary>
    public bool IsDue => _index.HasVacant || (_index.BytesDead > options.CleanBytesMin
        && (_index.BytesDead >= _index.BytesLive || _index.BytesDead >= _lookAgainAtBytes));

    /// <summary>Removes journals of which nothing is left, or else cleans the oldest range if it is worth it.</summary>
    /// <param name="needsRoom">True when the disk is full: any dead row is worth it.</param>
    /// <returns>True when rows were removed.</returns>
    public bool Step(bool needsRoom)
    {
        try
        {
            session.Begin();
            if (_index.HasVacant && !needsRoom)
            {
                RemoveVacant(_index.TakeVacant(JournalsMax));
                return true;
            }

            var range = Range(out var dead);
            if (!IsWorth(range.Count, dead, needsRoom))
            {
                session.Rollback();
                LookAgainLater();
                return false;
            }

            Clean(range);
            meter.Cleaned();
            return true;
        }
        catch (Exception exception)
        {
            session.Rollback();
            LookAgainLater();
            meter.Failed(FaultPoint.Translate(exception));
            return false;
        }
    }

    /// <summary>The oldest rows, as many as may be moved at once, each with whether it is dead.</summary>
    private List<(JournalSlot? Slot, long Journal, LogRow Row, bool IsDead)> Range(out int dead)
    {
        List<(JournalSlot? Slot, long Journal, LogRow Row, bool IsDead)> range = [];
        dead = 0;
        var (moved, bytesDead) = (0L, 0L);

        // A step holds up the next commit, so it is small; but whoever adds more than that between two steps is not to run away from it.
        var rowsMax = Math.Clamp(2 * (_index.RowsAdded - _seen.Rows), options.CleanRowsMax, RowsMax);
        var bytesMax = Math.Max(options.CleanBytesMax, 2 * (_index.BytesAdded - _seen.Bytes));
        _seen = (_index.RowsAdded, _index.BytesAdded);
        foreach (var (journal, row) in session.Log.Oldest((int)rowsMax))
        {
            var slot = _index.ByNo(journal);
            var isDead = slot is not null && row.Last <= slot.Dropped && !_index.Suspects.Contains(row.Id);
            moved += isDead ? 0 : row.Bytes;
            if (range.Count > 0 && (moved > bytesMax || bytesDead > DeadShare * bytesMax))
            {
                break;
            }

            range.Add((slot, journal, row, isDead));
            (dead, bytesDead) = isDead ? (dead + 1, bytesDead + row.Bytes) : (dead, bytesDead);
        }

        return range;
    }

    private bool IsWorth(int count, int dead, bool needsRoom) =>
        count > 0 && (dead * 2 >= count || (needsRoom ? dead > 0 : _index.BytesDead >= _index.BytesLive));

    private void Clean(List<(JournalSlot? Slot, long Journal, LogRow Row, bool IsDead)> range)
    {
        var living = range.FindAll(one => !one.IsDead);
        var payloads = living.ConvertAll(one => session.Log.Payload(one.Row.Id));

        // Deleting first lets the moved rows have the pages that become free: a full file can be cleaned, too.
        session.Log.DeleteThrough(range[^1].Row.Id);
        var firstId = _index.LastLogId + 1;
        for (var i = 0; i < living.Count; i++)
        {
            session.Log.Insert(living[i].Journal, living[i].Row with { Id = ++_index.LastLogId }, payloads[i]);
        }

        if (FaultPoint.Pass(faults, StorageSite.Clean) is { } fault)
        {
            throw fault;
        }

        var before = _index.Moves;
        _index.Moves = living.Select((one, i) => (Old: one.Row.Id, New: firstId + i)).ToDictionary(move => move.Old, move => move.New);
        try
        {
            session.Commit();
        }
        catch
        {
            _index.Moves = before;
            throw;
        }

        FaultPoint.Pass(faults, StorageSite.CleanAfter);
        foreach (var (slot, _, row, _) in range.Where(one => one.IsDead))
        {
            _index.Cleaned(slot!, row);
        }

        for (var i = 0; i < living.Count; i++)
        {
            var (slot, oldId) = (living[i].Slot, living[i].Row.Id);
            slot?.Move(living[i].Row.Position, oldId, firstId + i);
            if (_index.Suspects.Remove(oldId))
            {
                _index.Suspects.Add(firstId + i);
            }
        }
    }

    private void RemoveVacant(List<JournalSlot> slots)
    {
        try
        {
            slots.ForEach(slot => session.Journals.Delete(slot.No));
            if (FaultPoint.Pass(faults, StorageSite.Clean) is { } fault)
            {
                throw fault;
            }

            // First, so that whoever found it listed and then misses its row knows why.
            slots.ForEach(slot => slot.IsGone = true);
            session.Commit();
        }
        catch
        {
            slots.ForEach(slot => slot.IsGone = false);
            _index.PutBackVacant(slots);
            throw;
        }

        slots.ForEach(_index.Forget);
        FaultPoint.Pass(faults, StorageSite.CleanAfter);
    }

    /// <summary>A range that is not worth it now will not be before more rows have died.</summary>
    private void LookAgainLater() =>
        _lookAgainAtBytes = _index.BytesDead + Math.Max(options.CleanBytesMin / 4, 1);
}
