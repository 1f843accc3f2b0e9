using System.Runtime.CompilerServices;

namespace OrleansScheduler.Core.Timing;

/// <summary>Keeps the tables of the zones in use. Free of locks: a race computes a table twice, and both are the same.</summary>
internal static class ZoneRulesCache
{
    /// <summary>How many zone objects are kept; more than the IANA database has. Past it the cache starts again empty.</summary>
    public const int ZonesMax = 1_000;

    private const int SlotsMin = 64;

    // Open addressing by the identity of the zone, because comparing zones by their rules costs more than a whole search.
    // At most half of the slots are taken. An array is never changed once it stands here; a longer or fuller one replaces it.
    private static Entry?[] _slots = new Entry?[SlotsMin];

    /// <summary>The table of a zone.</summary>
    public static ZoneRules Get(TimeZoneInfo zone)
    {
        var slots = Volatile.Read(ref _slots);
        for (int slot = RuntimeHelpers.GetHashCode(zone); ; slot++)
        {
            var entry = slots[slot & (slots.Length - 1)];
            if (entry is null)
            {
                return Add(zone);
            }

            if (ReferenceEquals(entry.Zone, zone))
            {
                return entry.Rules;
            }
        }
    }

    private static ZoneRules Add(TimeZoneInfo zone)
    {
        var known = Volatile.Read(ref _slots);
        var rules = Array.Find(known, entry => zone.Equals(entry?.Zone))?.Rules ?? new ZoneRules(ZoneProbe.Segments(zone));
        while (true)
        {
            var replaced = Interlocked.CompareExchange(ref _slots, With(known, new Entry(zone, rules)), known);
            if (ReferenceEquals(replaced, known))
            {
                return rules;
            }

            known = replaced;
        }
    }

    private static Entry?[] With(Entry?[] slots, Entry added)
    {
        int count = slots.Count(entry => entry is not null) + 1;
        var kept = count <= ZonesMax ? slots : [];
        var copy = new Entry?[2 * count <= slots.Length ? slots.Length : 2 * slots.Length];
        foreach (var entry in kept.Append(added))
        {
            Put(copy, entry);
        }

        return copy;
    }

    private static void Put(Entry?[] slots, Entry? entry)
    {
        if (entry is null)
        {
            return;
        }

        int slot = RuntimeHelpers.GetHashCode(entry.Zone) & (slots.Length - 1);
        while (slots[slot] is not null)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        slots[slot] = entry;
    }

    private sealed record Entry(TimeZoneInfo Zone, ZoneRules Rules);
}
