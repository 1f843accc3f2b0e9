using System.Collections.Immutable;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Archives;

/// <summary>What a scan found damaged. The first finding ends it, unless damage is to be skipped.</summary>
internal sealed class DamageList(bool skip)
{
    private readonly List<ArchiveDamage> _found = [];
    private readonly HashSet<(string Kind, string Key)> _actors = [];

    public ImmutableArray<ArchiveDamage> Found => [.. _found];

    /// <summary>Whether an actor is left out.</summary>
    public bool Holds(string kind, string key) => _actors.Contains((kind, key));

    /// <summary>Leaves an actor out.</summary>
    public void Add(string kind, string key, string row, string reason)
    {
        Note($"{kind}/{key}", row, reason);
        _actors.Add((kind, key));
    }

    /// <summary>Notes damage for which no actor is left out.</summary>
    /// <exception cref="CorruptStateException">Damage is not to be skipped, or there is too much of it.</exception>
    public void Note(string actor, string row, string reason)
    {
        if (!skip || _found.Count == ArchiveFormat.DamagedMax)
        {
            throw new CorruptStateException(actor, row, reason);
        }

        _found.Add(new ArchiveDamage(actor, row, reason));
    }
}
