using OrleansScheduler.Core.Archives;

namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>Proves every row before the first one leaves, so that damage is an answer and not half an archive.</summary>
internal sealed class ArchiveScan(Database database, DamageList damage, Action check)
{
    private const int CheckRows = 64;

    private readonly Dictionary<long, JournalFacts> _journals = [];
    private int _rows;

    /// <summary>The journals by their numbers.</summary>
    /// <param name="database">Within a transaction.</param>
    /// <param name="damage">Gets what is found.</param>
    /// <param name="check">Asked every 64 rows, each of up to 64 MiB; it throws to end the scan.</param>
    public static IReadOnlyDictionary<long, JournalFacts> Read(Database database, DamageList damage, Action check)
    {
        var scan = new ArchiveScan(database, damage, check);
        scan.ReadJournals();
        scan.ReadLog();
        scan.ReadPages();
        scan.ReadGaps();
        scan.ReadStates();
        scan.ReadWakeups();
        return scan._journals;
    }

    private void ReadJournals() => Each("SELECT no, kind, key, snapshot_position, pages, checksum FROM journals ORDER BY no", row =>
    {
        var slot = new JournalSlot(row.Integer(0), row.Text(1), row.Text(2));
        var (snapshot, pages) = (row.Integer(3), row.Integer(4));
        _journals[slot.No] = new JournalFacts(slot.Seed, snapshot, pages);
        if (slot.RowSum(snapshot, pages) != row.Integer(5))
        {
            Leave(slot.No, $"journals {slot.No}", "its checksum does not fit");
        }
    });

    // Dead rows too: one under a wrong position may only look dead, and its journal would lack its end.
    private void ReadLog() => Each("SELECT id, journal, position, count, payload FROM log ORDER BY id", row =>
    {
        var payload = row.Blob(4);
        var found = new LogRow(row.Integer(2), row.Integer(0), (int)row.Integer(3), payload.Length);
        if (!_journals.TryGetValue(row.Integer(1), out var journal))
        {
            damage.Note("?", $"log {found.Id}", "it names no journal");
        }
        else if (LogRowFormat.Damage(journal.Seed, found, payload) is { } reason)
        {
            Leave(row.Integer(1), $"log {found.Id}", reason);
        }
        else
        {
            journal.NoteRow(found);
        }
    });

    private void ReadPages() => Each("SELECT journal, name, payload FROM pages", row =>
    {
        var name = row.Text(1);
        if (!_journals.TryGetValue(row.Integer(0), out var journal))
        {
            damage.Note("?", $"page {name}", "it names no journal");
            return;
        }

        journal.NotePage();
        if (BlobFormat.Damage(BlobFormat.PageSeed(journal.Seed, name), row.Blob(2)) is { } reason)
        {
            Leave(row.Integer(0), $"page {name}", reason);
        }
    });

    private void ReadGaps()
    {
        foreach (var (no, journal) in _journals)
        {
            if (!journal.IsDamaged && journal.Gap() is { } gap)
            {
                Leave(no, $"journals {no}", gap);
            }
        }
    }

    private void ReadStates() => Each("SELECT kind, key, name, etag, payload FROM states", row =>
    {
        var (kind, key, name) = (row.Text(0), row.Text(1), row.Text(2));
        if (BlobFormat.Damage(BlobFormat.StateSeed(Checksum.Of(kind, key), name, row.Text(3)), row.Blob(4)) is { } reason)
        {
            damage.Add(kind, key, $"state {name}", reason);
        }
    });

    // As for the running store, a damaged wake-up is still good for waking whom it names at once.
    private void ReadWakeups() => Each("SELECT kind, key, due, checksum FROM wakeups", row =>
    {
        var (kind, key) = (row.Text(0), row.Text(1));
        if (!WakeupTable.IsSound(kind, key, row.Integer(2), row.Integer(3)))
        {
            damage.Note($"{kind}/{key}", "wakeup", "its checksum does not fit; it is due at once");
        }
    });

    private void Leave(long no, string row, string reason)
    {
        if (_journals[no].IsDamaged)
        {
            return;
        }

        _journals[no].IsDamaged = true;
        var statement = database.Prepare("SELECT kind, key FROM journals WHERE no = ?").Bind(1, no);
        statement.Step();
        var (kind, key) = (statement.Text(0), statement.Text(1));
        statement.Reset();
        damage.Add(kind, key, row, reason);
    }

    private void Each(string sql, Action<Statement> take)
    {
        var statement = database.Prepare(sql);
        while (statement.Step())
        {
            if (++_rows % CheckRows == 0)
            {
                check();
            }

            take(statement);
        }

        statement.Reset();
    }
}
