using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Carries out changes of one loaded journal: first free rows, then the head, which makes them count.</summary>
/// <remarks>
/// A failure before the head leaves the journal as it was. A head in doubt is settled by reading it before anything else is
/// written; its nonce tells whether it is ours. After a conflict nothing more is written.
/// </remarks>
internal sealed class JournalWriter(JournalRows rows, LoadedJournal loaded, long nonce, RowOptions options)
{
    private readonly RowPool _pool = new(loaded.Head.RowsReserved, loaded.Head.Rows);
    private string? _etag = loaded.ETag;
    private long _attempts;
    private HeadInDoubt? _doubt;
    private StorageException? _lost;
    private int _rowsOfLastSnapshot;

    /// <summary>The newest head that is known to be written.</summary>
    public JournalHead Head { get; private set; } = loaded.Head;

    /// <summary>Settles what an earlier failure left open.</summary>
    /// <exception cref="StorageException"><c>journal_conflict</c> when another activation wrote.</exception>
    public async Task SettleAsync()
    {
        if (_lost is not null)
        {
            throw rows.Conflict("was lost before", _lost);
        }

        if (_doubt is not { } doubt)
        {
            return;
        }

        StoredState? stored = await rows.ReadAsync(JournalRows.Head);
        if (stored?.ETag == _etag)
        {
            // It may still land, until the next head has taken its ETag away.
            foreach (var (row, _, _) in doubt.Plan.Rows)
            {
                _pool.ReleaseLater(row);
            }

            _doubt = null;
            return;
        }

        if (stored is null || !IsOurs(stored, doubt.Head))
        {
            throw Lose("has another head", null);
        }

        _doubt = null;
        Written(doubt.Head, stored.ETag, doubt.Plan);
    }

    /// <summary>Ends all writing, because the journal is not where its writer believes.</summary>
    public StorageException LoseAt(string reason) => Lose(reason, null);

    /// <summary>Makes a journal what <paramref name="next"/> says.</summary>
    /// <param name="next">Made from <see cref="Head"/>; its new rows are in the plan.</param>
    /// <param name="plan">New rows and released ones.</param>
    public async Task CommitAsync(JournalHead next, WritePlan plan)
    {
        if (next.References > options.HeadReferencesMax)
        {
            throw new StorageException(
                ErrorCodes.StorageFull, $"The journal {rows.Journal} has too many entries after its snapshot.", isTransient: false);
        }

        if (plan.Rows.Count > 0)
        {
            await PrepareAsync(plan.Rows.Count);
            await WriteRowsAsync(plan);
        }

        await WriteHeadAsync(next, plan, 0);
    }

    /// <summary>Notes how many rows a snapshot took: so many are kept for the next one.</summary>
    public void NoteSnapshot(int count) => _rowsOfLastSnapshot = count;

    /// <summary>Empties a few free rows that hold much and are not likely to be needed soon.</summary>
    public async Task TrimAsync()
    {
        var bulky = _pool.Bulky(Math.Max(_rowsOfLastSnapshot, options.RowsAtOnce), options.TrimBytesMin, options.TrimmedRowsMax);
        byte[] empty = rows.Seal(RowKind.Empty, _ => { });
        foreach (StoredRow row in bulky)
        {
            _pool.Take(row);
            await WriteRowAsync(row, empty);
            _pool.Release(row);
        }
    }

    // Without enough rows that may be written it learns of others and reserves new ones, with one head more.
    private async Task PrepareAsync(int count)
    {
        var learnt = await Batches.RunAsync(_pool.ToLearn(count), options.RowsAtOnce, async number =>
            (number, await rows.ReadAsync(number)));
        foreach (var (number, stored) in learnt)
        {
            _pool.Learn(new StoredRow { Number = number, ETag = stored?.ETag, Bytes = stored?.Content.Length ?? 0 });
        }

        if (_pool.Ready < count)
        {
            await WriteHeadAsync(Head, new WritePlan(), count);
        }
    }

    private async Task WriteRowsAsync(WritePlan plan)
    {
        foreach (var (row, _, _) in plan.Rows)
        {
            StoredRow free = _pool.Take();
            (row.Number, row.ETag) = (free.Number, free.ETag);
        }

        // Several are written at once, and outside of an actor, as in an import, they end at the same time: each has its own place.
        int begun = 0;
        bool[] written = new bool[plan.Rows.Count];
        try
        {
            await Batches.RunAsync([.. Enumerable.Range(0, written.Length)], options.RowsAtOnce, async number =>
            {
                begun++;
                var planned = plan.Rows[number];
                await WriteRowAsync(planned.Row, rows.Seal(planned.Kind, planned.Write));
                return written[number] = true;
            });
        }
        catch
        {
            for (int i = 0; i < plan.Rows.Count; i++)
            {
                StoredRow row = plan.Rows[i].Row;
                if (i >= begun || written[i])
                {
                    _pool.Release(row);
                }
            }

            throw;
        }
    }

    private async Task WriteRowAsync(StoredRow row, byte[] sealedRow)
    {
        row.Sum = JournalRows.SumOf(sealedRow);
        row.Bytes = sealedRow.Length;
        try
        {
            row.ETag = await rows.WriteAsync(row.Number, sealedRow, row.ETag);
        }
        catch (Exception fault)
        {
            _pool.Doubt(row.Number);
            throw IsConflict(fault) ? Lose($"has another row {row.Number}", fault) : fault;
        }
    }

    private async Task WriteHeadAsync(JournalHead next, WritePlan plan, int wanted)
    {
        JournalHead head = next with { Writer = nonce, Attempt = ++_attempts, RowsReserved = _pool.Reservation(wanted) };
        string etag;
        try
        {
            etag = await rows.WriteAsync(JournalRows.Head, rows.Seal(RowKind.Head, head.Write), _etag);
        }
        catch (Exception fault)
        {
            if (IsConflict(fault))
            {
                throw Lose("has another head", fault);
            }

            _doubt = new HeadInDoubt(head, plan);
            throw;
        }

        Written(head, etag, plan);
    }

    private void Written(JournalHead head, string etag, WritePlan plan)
    {
        (Head, _etag) = (head, etag);
        _pool.HeadWritten(head.RowsReserved);
        foreach (StoredRow row in plan.Released)
        {
            // Loading skips segments that the snapshot covers, and so does not learn their ETags.
            if (row.ETag is null)
            {
                _pool.Doubt(row.Number);
            }
            else
            {
                _pool.Release(row);
            }
        }
    }

    private bool IsOurs(StoredState stored, JournalHead ours)
    {
        ReadOnlyMemory<byte> body = rows.Open(JournalRows.Head, RowKind.Head, stored.Content);
        JournalHead found = rows.Understand(JournalRows.Head, body, content => JournalHead.Read(content, out _));
        return found.Writer == ours.Writer && found.Attempt == ours.Attempt;
    }

    private StorageException Lose(string reason, Exception? inner) => _lost = rows.Conflict(reason, inner);

    private static bool IsConflict(Exception fault) => fault is StorageException { Code: ErrorCodes.JournalConflict };
}
