using System.Collections.Immutable;
using OrleansScheduler.Core.Archives;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage.Archives;

/// <summary>Merges journals, states and wake-ups into one line of actors, in the order of their kinds and keys.</summary>
internal sealed class ArchiveMerge
{
    private readonly DamageList _damage;
    private readonly IReadOnlyDictionary<long, JournalFacts> _facts;
    private readonly ActorRows _journals;
    private readonly ActorRows _stateCounts;
    private readonly ActorRows _wakeups;
    private readonly Statement _states;
    private readonly Statement _pages;
    private readonly Statement _rows;
    private readonly Statement _payload;
    private bool _hasRow;

    public ArchiveMerge(Database database, DamageList damage, IReadOnlyDictionary<long, JournalFacts> facts)
    {
        (_damage, _facts) = (damage, facts);
        _journals = new ActorRows(database.Prepare("SELECT kind, key, no FROM journals ORDER BY kind, key"));
        _stateCounts = new ActorRows(database.Prepare("SELECT kind, key, count(*) FROM states GROUP BY kind, key ORDER BY kind, key"));
        _wakeups = new ActorRows(database.Prepare("SELECT kind, key, due, checksum FROM wakeups ORDER BY kind, key"));
        _states = database.Prepare("SELECT name, etag, payload FROM states WHERE kind = ? AND key = ? ORDER BY name");
        _pages = database.Prepare("SELECT name, payload FROM pages WHERE journal = ? ORDER BY name");
        _payload = database.Prepare("SELECT payload FROM log WHERE id = ?");

        // Only places are sorted, not contents: some twenty bytes for each row that lives.
        _rows = database.Prepare("""
            WITH ranked AS MATERIALIZED (
                SELECT no, snapshot_position AS snapshot, row_number() OVER (ORDER BY kind, key) AS rank FROM journals)
            SELECT log.id, log.journal, log.position, log.count FROM log JOIN ranked ON ranked.no = log.journal
            WHERE log.position + log.count - 1 > ranked.snapshot ORDER BY ranked.rank, log.position
            """);
    }

    public IEnumerable<ArchivePart> Read()
    {
        _journals.Next();
        _stateCounts.Next();
        _wakeups.Next();
        _hasRow = _rows.Step();
        while (First() is { } actor)
        {
            var parts = _damage.Holds(actor.Kind, actor.Key) ? [] : Read(actor.Kind, actor.Key);
            foreach (var part in parts)
            {
                yield return part;
            }

            if (_journals.Stands(actor))
            {
                SkipRows(_journals.Integer(2));
                _journals.Next();
            }

            _stateCounts.Pass(actor);
            _wakeups.Pass(actor);
        }
    }

    private (string Kind, string Key)? First()
    {
        (string Kind, string Key)? first = null;
        foreach (var rows in new[] { _journals, _stateCounts, _wakeups })
        {
            if (rows.Actor is { } actor && (first is not { } least || MemoryKeyOrder.Instance.Compare(actor, least) < 0))
            {
                first = actor;
            }
        }

        return first;
    }

    private IEnumerable<ArchivePart> Read(string kind, string key)
    {
        long? no = _journals.Stands((kind, key)) ? _journals.Integer(2) : null;
        var facts = no is { } number ? _facts[number] : new JournalFacts(0, 0, 0);
        var states = _stateCounts.Stands((kind, key)) ? _stateCounts.Integer(2) : 0;
        var actor = new ArchiveActor(kind, key, facts.Snapshot, facts.PageCount, facts.Entries, states, Wakeup(kind, key));
        if (actor is { Snapshot: 0, Pages: 0, Entries: 0, States: 0, Wakeup: null })
        {
            yield break;
        }

        yield return new ArchivePart.Actor(actor);
        foreach (var part in no is null ? [] : Pages(actor, no.Value, facts).Concat(Entries(actor, no.Value, facts)))
        {
            yield return part;
        }

        foreach (var part in states == 0 ? [] : States(actor))
        {
            yield return part;
        }
    }

    private DateTimeOffset? Wakeup(string kind, string key)
    {
        if (!_wakeups.Stands((kind, key)))
        {
            return null;
        }

        return WakeupTable.IsSound(kind, key, _wakeups.Integer(2), _wakeups.Integer(3))
            ? new DateTimeOffset(_wakeups.Integer(2), TimeSpan.Zero)
            : DateTimeOffset.MinValue;
    }

    private IEnumerable<ArchivePart> Pages(ArchiveActor actor, long no, JournalFacts facts)
    {
        _pages.Bind(1, no);
        while (_pages.Step())
        {
            var (name, payload) = (_pages.Text(0), _pages.Blob(1).ToArray());
            if (BlobFormat.Damage(BlobFormat.PageSeed(facts.Seed, name), payload) is { } damage)
            {
                throw new CorruptStateException(actor.Name, $"page {name}", damage);
            }

            yield return new ArchivePart.Page(name, payload.AsMemory(BlobFormat.HeaderBytes));
        }

        _pages.Reset();
    }

    private IEnumerable<ArchivePart> Entries(ArchiveActor actor, long no, JournalFacts facts)
    {
        var position = facts.Snapshot;
        for (; _hasRow && _rows.Integer(1) == no; _hasRow = _rows.Step())
        {
            foreach (var entry in Entries(actor, facts))
            {
                yield return new ArchivePart.Entry(++position, entry);
            }
        }
    }

    private ImmutableArray<ReadOnlyMemory<byte>> Entries(ArchiveActor actor, JournalFacts facts)
    {
        var id = _rows.Integer(0);
        _payload.Bind(1, id).Step();
        var payload = _payload.Blob(0).ToArray();
        _payload.Reset();
        var row = new LogRow(_rows.Integer(2), id, (int)_rows.Integer(3), payload.Length);
        var entries = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        return LogRowFormat.Decode(facts.Seed, row, payload, facts.Snapshot, entries) is { } damage
            ? throw new CorruptStateException(actor.Name, $"log {id}", damage)
            : entries.DrainToImmutable();
    }

    private IEnumerable<ArchivePart> States(ArchiveActor actor)
    {
        var seed = Checksum.Of(actor.Kind, actor.Key);
        _states.Bind(1, actor.Kind).Bind(2, actor.Key);
        while (_states.Step())
        {
            var (name, payload) = (_states.Text(0), _states.Blob(2).ToArray());
            if (BlobFormat.Damage(BlobFormat.StateSeed(seed, name, _states.Text(1)), payload) is { } damage)
            {
                throw new CorruptStateException(actor.Name, $"state {name}", damage);
            }

            yield return new ArchivePart.State(name, payload.AsMemory(BlobFormat.HeaderBytes));
        }

        _states.Reset();
    }

    // Of an actor that is left out, or of one of which all entries are taken already.
    private void SkipRows(long no)
    {
        while (_hasRow && _rows.Integer(1) == no)
        {
            _hasRow = _rows.Step();
        }
    }
}
