using System.Collections.Immutable;

namespace OrleansScheduler.Core.Archives;

/// <summary>What an archive holds in all; the last line says it.</summary>
/// <param name="Lines">Lines of the archive, the last one included.</param>
/// <param name="Actors">Actors.</param>
/// <param name="Pages">Pages of their snapshots.</param>
/// <param name="Entries">Entries of their journals.</param>
/// <param name="States">Named states.</param>
/// <param name="Wakeups">Wake-ups.</param>
/// <param name="Damaged">The actors that are left out; empty unless damage was to be skipped.</param>
public sealed record ArchiveTotals(
    long Lines, long Actors, long Pages, long Entries, long States, long Wakeups, ImmutableArray<ArchiveDamage> Damaged)
{
    /// <summary>Nothing yet.</summary>
    internal static ArchiveTotals None { get; } = new(0, 0, 0, 0, 0, 0, []);
}
