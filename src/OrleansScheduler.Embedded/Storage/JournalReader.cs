using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Reads one journal as it is at one instant, and lets nothing pass that does not fit together.</summary>
internal sealed class JournalReader(ReadSession session, JournalIndex index, string kind, string key)
{
    /// <summary>A load is overtaken once per cleaning step at most; so many steps take longer than any load.</summary>
    private const int OvertakenMax = 1_000;

    private string _row = "";

    /// <param name="found">Is told where the journal is; null when it was never written.</param>
    /// <exception cref="CorruptStateException">Names the row.</exception>
    public JournalContent Read(Action<JournalSlot?> found)
    {
        var slot = index.Find(kind, key);
        found(slot);
        if (slot is null)
        {
            return JournalContent.Empty;
        }

        if (slot.Damage is { } damage)
        {
            throw damage.ToException(kind, key);
        }

        try
        {
            for (var attempt = 0; attempt < OvertakenMax; attempt++)
            {
                var known = index.Moves;
                if (Read(slot, () => known != index.Moves) is { } content)
                {
                    return content;
                }

                session.End();
            }

            throw new StorageException(ErrorCodes.StorageFailed, $"The rows of {kind}/{key} keep changing their places.");
        }
        catch (DatabaseException exception) when (exception.IsCorrupt)
        {
            throw Damaged(_row, exception.Message);
        }
    }

    /// <returns>Null when cleaning has overtaken the load: the places that it knows are out of date.</returns>
    private JournalContent? Read(JournalSlot slot, Func<bool> isOvertaken)
    {
        _row = $"journals {slot.No}";

        // The places first, the instant of reading second: rows that were added in between are simply not looked for.
        var (marks, rows) = slot.Copy();
        session.Begin();
        if (!session.Journal.Bind(1, slot.No).Step())
        {
            return marks.IsStored && !slot.IsGone ? throw Damaged(_row, "it is missing") : new JournalContent(marks.Snapshot, [], []);
        }

        var (snapshot, pageCount) = (session.Journal.Integer(0), session.Journal.Integer(1));
        if (slot.RowSum(snapshot, pageCount) != session.Journal.Integer(2))
        {
            throw Damaged(_row, "its checksum does not fit");
        }

        var pages = Pages(slot, pageCount);
        return Entries(slot, rows, snapshot, isOvertaken) is { } entries ? new JournalContent(snapshot, pages, entries) : null;
    }

    private ImmutableArray<JournalPage> Pages(JournalSlot slot, long count)
    {
        var pages = ImmutableArray.CreateBuilder<JournalPage>();
        session.Pages.Bind(1, slot.No);
        while (session.Pages.Step())
        {
            var name = session.Pages.Text(0);
            _row = $"page {name}";
            var payload = session.Pages.Blob(1).ToArray();
            if (BlobFormat.Damage(BlobFormat.PageSeed(slot.Seed, name), payload) is { } damage)
            {
                throw Damaged(_row, damage);
            }

            pages.Add(new JournalPage(name, payload.AsMemory(BlobFormat.HeaderBytes)));
        }

        return pages.Count == count
            ? pages.ToImmutable()
            : throw Damaged($"pages {slot.No}", $"{pages.Count} of {count} pages are there");
    }

    private ImmutableArray<ReadOnlyMemory<byte>>? Entries(JournalSlot slot, LogRow[] rows, long snapshot, Func<bool> isOvertaken)
    {
        var entries = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        var end = snapshot;
        foreach (var row in rows)
        {
            if (row.Last <= snapshot)
            {
                continue;
            }

            _row = $"log {row.Id}";
            if (row.Position != end + 1 && (end != snapshot || row.Position > end))
            {
                throw Damaged(_row, $"it begins at {row.Position} after {end}");
            }

            if (!Find(row.Id))
            {
                return isOvertaken() ? null : throw Damaged(_row, "it is missing");
            }

            Entries(slot, row, snapshot, entries);
            end = row.Last;
        }

        return entries.DrainToImmutable();
    }

    /// <summary>Stands on a row of the log, wherever it is by now.</summary>
    private bool Find(long id)
    {
        if (session.LogRow.Bind(1, id).Step())
        {
            return true;
        }

        session.LogRow.Reset();
        return index.Moves.TryGetValue(id, out var moved) && session.LogRow.Bind(1, moved).Step();
    }

    private void Entries(JournalSlot slot, LogRow row, long snapshot, ImmutableArray<ReadOnlyMemory<byte>>.Builder entries)
    {
        var statement = session.LogRow;
        var isPlace = statement.Integer(0) == slot.No && statement.Integer(1) == row.Position && statement.Integer(2) == row.Count;
        var damage = isPlace
            ? LogRowFormat.Decode(slot.Seed, row, statement.Blob(3).ToArray(), snapshot, entries)
            : "it belongs elsewhere";
        statement.Reset();
        if (damage is not null)
        {
            throw Damaged(_row, damage);
        }
    }

    private CorruptStateException Damaged(string row, string reason) => new($"{kind}/{key}", row, reason);
}
