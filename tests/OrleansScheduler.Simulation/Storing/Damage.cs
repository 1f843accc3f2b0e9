using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Storing;

/// <summary>One stored row of one journal is not what was written: a bit has turned over, or its end is missing.</summary>
/// <param name="kind">The kind of the actor.</param>
/// <param name="key">The key of the actor.</param>
/// <param name="row">The row, as its storage names it.</param>
internal sealed class Damage(string kind, string key, string row)
{
    public string Kind { get; } = kind;

    public string Key { get; } = key;

    public string Row { get; } = row;

    /// <summary>Whether it is this damage, and exactly this one, that a refusal tells of.</summary>
    public bool Explains(SchedulerException fault) =>
        fault.Code == ErrorCodes.CorruptState && fault.Details.GetValueOrDefault("journal") == $"{Kind}/{Key}" && fault.Details.GetValueOrDefault("row") == Row;

    /// <summary>Bytes with a fault in them. Whatever reads them has to notice.</summary>
    public static byte[] Spoil(ReadOnlyMemory<byte> bytes, int place)
    {
        byte[] spoilt = bytes.ToArray();
        if (place % 3 == 0)
        {
            return spoilt[..(place / 3 % spoilt.Length)];
        }

        spoilt[place / 8 % spoilt.Length] ^= (byte)(1 << (place % 8));
        return spoilt;
    }

    /// <summary>Spoils an entry or a page of a journal in an image.</summary>
    public static (Damage Damage, MemoryJournalImage Journal) Spoil(string kind, string key, MemoryJournalImage journal, int place)
    {
        int row = place % (journal.Entries.Count + journal.Pages.Count);
        if (row < journal.Entries.Count)
        {
            return (new Damage(kind, key, $"entry {journal.Snapshot + row + 1}"),
                journal with { Entries = journal.Entries.SetItem(row, Spoil(journal.Entries[row], place)) });
        }

        JournalPage page = journal.Pages.Values.ElementAt(row - journal.Entries.Count);
        JournalPage spoilt = page with { Content = Spoil(page.Content!.Value, place) };
        return (new Damage(kind, key, $"page {page.Name}"), journal with { Pages = journal.Pages.SetItem(page.Name, spoilt) });
    }
}
