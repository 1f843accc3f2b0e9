using System.Collections.Immutable;
using System.Text;
using OrleansScheduler.Core.Governing;
using OrleansScheduler.Core.History;
using OrleansScheduler.Core.Permissions;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Definitions;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Engine;
using OrleansScheduler.Errors;
using OrleansScheduler.Simulation.Running;

namespace OrleansScheduler.Simulation.Checking;

/// <summary>Every entry that has landed in storage, read as soon as it has, and accounts of what follows from them.</summary>
/// <remarks>The accounts share no code with the actors: they say what the entries have to be, from definitions and edits alone.</remarks>
internal sealed class Ledger
{
    private readonly Dictionary<(string Kind, string Key), List<ulong>> _lines = [];
    private readonly List<(string Kind, string Key)> _touched = [];
    private readonly World _world;

    public Ledger(World world)
    {
        _world = world;
        Governor = new GovernorAccount(world);
        History = new HistoryAccount(world);
        Permissions = new PermissionAccount();
    }

    public SortedDictionary<string, ScheduleAccount> Schedules { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, SpaceAccount> Spaces { get; } = new(StringComparer.Ordinal);

    public GovernorAccount Governor { get; }

    public HistoryAccount History { get; }

    public PermissionAccount Permissions { get; }

    public SortedDictionary<string, DefinitionSetAccount> DefinitionSets { get; } = new(StringComparer.Ordinal);

    /// <summary>All runs of schedules that ever were, by id.</summary>
    public Dictionary<string, RunAccount> Runs { get; } = new(StringComparer.Ordinal);

    /// <summary>How many entries have landed.</summary>
    public long Entries { get; private set; }

    public ScheduleAccount Schedule(string key) =>
        Schedules.TryGetValue(key, out var known) ? known : Schedules[key] = new ScheduleAccount(_world, key);

    public SpaceAccount Space(string key) => Spaces.TryGetValue(key, out var known) ? known : Spaces[key] = new SpaceAccount(_world, key);

    public DefinitionSetAccount DefinitionSet(string key) =>
        DefinitionSets.TryGetValue(key, out var known) ? known : DefinitionSets[key] = new DefinitionSetAccount(_world, key);

    /// <summary>How many entries of a journal have landed and been read.</summary>
    public long EndOf(string kind, string key) => _lines.GetValueOrDefault((kind, key))?.Count ?? 0;

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
                _world.Guard("ledger", () => Read(kind, key, journal.Snapshot, journal.Entries));
            }
        }
    }

    /// <summary>Reads what has landed in a journal over rows.</summary>
    public void ReadRows(string kind, string key)
    {
        if (_world.Rot.Is(kind, key))
        {
            return;
        }

        try
        {
            JournalContent content = _world.Rows!.View(kind, key);
            _world.Guard("ledger", () => Read(kind, key, content.SnapshotPosition, content.Entries));
        }
        catch (SchedulerException fault)
        {
            _world.Fail("durable", $"{kind}/{key} cannot be read: {fault.Message}");
        }
    }

    /// <summary>Nothing of the old process is written any more.</summary>
    public void Forget() => _touched.Clear();

    /// <summary>A process was told that entries are stored at a place.</summary>
    public void CheckAcknowledged(string kind, string key, long position, ImmutableArray<ReadOnlyMemory<byte>> entries) =>
        Compare("durable", kind, key, "was told that it stored", position, entries);

    /// <summary>A process has loaded a journal of which so many entries were there when it began to.</summary>
    public void CheckLoaded(string kind, string key, long known, JournalContent content)
    {
        if (_world.Rot.Is(kind, key))
        {
            // Whoever asks for it tells whether the product notices.
            return;
        }

        if (content.SnapshotPosition + content.Entries.Length < known)
        {
            _world.Fail("durable", $"{kind}/{key} had {known} entries and was loaded up to {content.SnapshotPosition + content.Entries.Length}.");
        }

        Compare("durable", kind, key, "has loaded", content.SnapshotPosition, content.Entries);
        if (kind == "space" && content.SnapshotPosition > 0 && content.SnapshotPosition + content.Entries.Length == EndOf(kind, key))
        {
            Space(key).CheckLoaded(content);
        }
    }

    private void Compare(string rule, string kind, string key, string did, long position, ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        List<ulong> line = _lines.GetValueOrDefault((kind, key)) ?? [];
        for (int index = 0; index < entries.Length; index++)
        {
            if (position + index >= line.Count || line[(int)position + index] != SumOf(entries[index]))
            {
                _world.Fail(rule, $"{kind}/{key} {did} entry {position + index + 1}, which is not the one of {line.Count} that has landed.");
                return;
            }
        }
    }

    private void Read(string kind, string key, long snapshot, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        List<ulong> line = _lines.TryGetValue((kind, key), out var known) ? known : _lines[(kind, key)] = [];
        long end = snapshot + entries.Count;
        if (end < line.Count || line.Count < snapshot)
        {
            _world.Fail("durable", $"{kind}/{key} ends at {end} and has a snapshot at {snapshot}, but had {line.Count} entries.");
            return;
        }

        for (int index = (int)(line.Count - snapshot); index < entries.Count; index++)
        {
            Entries++;
            line.Add(SumOf(entries[index]));
            Apply(kind, key, entries[index]);
        }
    }

    private void Apply(string kind, string key, ReadOnlyMemory<byte> entry)
    {
        Frame.Open(entry, byte.MaxValue, out byte format, out ReadOnlyMemory<byte> body);
        if (_world.Plan.TellsEntries)
        {
            _world.Tell($"  {kind}/{key} {_lines[(kind, key)].Count}: {TextOf(kind, body, format)}");
        }

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
            case "permissions":
                Permissions.Apply(new JsonEntryCodec<PermissionEntry>().Read(body, format));
                break;
            case "definitions":
                DefinitionSet(key).Apply(new JsonEntryCodec<DefinitionManifest>().Read(body, format));
                break;
        }
    }

    private static string TextOf(string kind, ReadOnlyMemory<byte> body, byte format) =>
        kind == "space" ? new SpaceEntryCodec().Read(body, format).GetType().Name : Encoding.UTF8.GetString(body.Span);

    private static ulong SumOf(ReadOnlyMemory<byte> entry)
    {
        ulong sum = 14695981039346656037UL;
        foreach (byte one in entry.Span)
        {
            sum = (sum ^ one) * 1099511628211UL;
        }

        return sum;
    }
}
