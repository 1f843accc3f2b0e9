using System.Collections.Immutable;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>Reads one journal as it is at one instant, and lets nothing pass that does not fit together.</summary>
internal sealed class JournalReader(ReadSession session, JournalIndex index, string kind, string key)
{
    private string _row = "";

    /// <exception cref="CorruptStateException">Names the row.</exception>
    public JournalContent Read()
    {
        if (index.Find(kind, key) is not { } slot)
        {
            return JournalContent.Empty;
        }

        if (slot.Damage is { } damage)
        {
            throw damage.ToException(kind, key);
        }

        try
        {
            return Read(slot);
        }
        catch (DatabaseException exception) when (exception.IsCorrupt)
        {
            throw Damaged(_row, exception.Message);
        }
    }

    private JournalContent Read(JournalSlot slot)
    {
        _row = $"journals {slot.No}";
        LogRow[] rows;
        JournalMarks marks;
        lock (index.Relocation)
        {
            // The places first, the instant of reading second: rows that were added in between are simply not looked for,
            // and the cleaner, who alone could remove one, waits until the instant is settled by the first read.
            (marks, rows) = slot.Copy();
            session.Begin();
            if (!session.Journal.Bind(1, slot.No).Step())
            {
                return marks.IsStored ? throw Damaged(_row, "it is missing") : JournalContent.Empty;
            }
        }

        var (snapshot, pageCount) = (session.Journal.Integer(0), session.Journal.Integer(1));
        if (slot.RowSum(snapshot, pageCount) != session.Journal.Integer(2))
        {
            throw Damaged(_row, "its checksum does not fit");
        }

        var pages = Pages(slot, pageCount);
        return new JournalContent(snapshot, pages, Entries(slot, rows, snapshot));
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

    private ImmutableArray<ReadOnlyMemory<byte>> Entries(JournalSlot slot, LogRow[] rows, long snapshot)
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

            Entries(slot, row, snapshot, entries);
            end = row.Last;
        }

        return entries.DrainToImmutable();
    }

    private void Entries(JournalSlot slot, LogRow row, long snapshot, ImmutableArray<ReadOnlyMemory<byte>>.Builder entries)
    {
        var statement = session.LogRow.Bind(1, row.Id);
        if (!statement.Step())
        {
            throw Damaged(_row, "it is missing");
        }

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
