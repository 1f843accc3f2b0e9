using OrleansScheduler.Core.Governing;
using OrleansScheduler.Core.History;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>Every entry that has landed in storage, read as soon as it has, and accounts of what follows from them.</summary>
/// <remarks>The accounts share no code with the actors: they say what the entries have to be, from definitions and edits alone.</remarks>
internal sealed class Ledger
{
    private readonly Dictionary<(string Kind, string Key), long> _positions = [];
    private readonly List<(string Kind, string Key)> _touched = [];
    private readonly World _world;

    public Ledger(World world)
    {
        _world = world;
        Governor = new GovernorAccount(world);
        History = new HistoryAccount(world);
    }

    public SortedDictionary<string, ScheduleAccount> Schedules { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, SpaceAccount> Spaces { get; } = new(StringComparer.Ordinal);

    public GovernorAccount Governor { get; }

    public HistoryAccount History { get; }

    /// <summary>All runs of schedules that ever were, by id.</summary>
    public Dictionary<string, RunAccount> Runs { get; } = new(StringComparer.Ordinal);

    /// <summary>How many entries have landed.</summary>
    public long Entries { get; private set; }

    public ScheduleAccount Schedule(string key) =>
        Schedules.TryGetValue(key, out var known) ? known : Schedules[key] = new ScheduleAccount(_world, key);

    public SpaceAccount Space(string key) => Spaces.TryGetValue(key, out var known) ? known : Spaces[key] = new SpaceAccount(_world, key);

    /// <summary>A journal is about to be written.</summary>
    public void Touch(string kind, string key)
    {
        if (!_touched.Contains((kind, key)))
        {
            _touched.Add((kind, key));
        }
    }

    /// <summary>All that was on its way to the journal has landed or failed.</summary>
    public void Untouch(string kind, string key) => _touched.Remove((kind, key));

    /// <summary>Reads what has landed since.</summary>
    public void Read(MemoryStore store)
    {
        if (_touched.Count == 0 || _world.Process?.Store != store)
        {
            return;
        }

        MemoryImage image = store.Snapshot();
        foreach ((string kind, string key) in _touched)
        {
            if (image.Journals.TryGetValue((kind, key), out MemoryJournalImage? journal))
            {
                Read(kind, key, journal);
            }
        }
    }

    /// <summary>Nothing of the old process is written any more.</summary>
    public void Forget() => _touched.Clear();

    private void Read(string kind, string key, MemoryJournalImage journal)
    {
        long position = _positions.GetValueOrDefault((kind, key));
        if (position == journal.End)
        {
            return;
        }

        _positions[(kind, key)] = journal.End;
        if (journal.End < position || position < journal.Snapshot)
        {
            _world.Fail("durable", $"{kind}/{key} ends at {journal.End} and has a snapshot at {journal.Snapshot}, but had {position} entries.");
            return;
        }

        for (int index = (int)(position - journal.Snapshot); index < journal.Entries.Count; index++)
        {
            Entries++;
            Frame.Open(journal.Entries[index], byte.MaxValue, out byte format, out ReadOnlyMemory<byte> body);
            switch (kind)
            {
                case "schedule":
                    Schedule(key).Apply(new JsonEntryCodec<ScheduleEntry>().Read(body, format));
                    break;
                case "governor":
                    Governor.Apply(new JsonEntryCodec<GovernorEntry>().Read(body, format));
                    break;
                case "history":
                    History.Apply(new JsonEntryCodec<HistoryEntry>().Read(body, format));
                    break;
                case "space":
                    Space(key).Apply(new SpaceEntryCodec().Read(body, format));
                    break;
            }
        }
    }
}
