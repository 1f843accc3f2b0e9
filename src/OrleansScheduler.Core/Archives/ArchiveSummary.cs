using System.Collections.Immutable;

namespace OrleansScheduler.Core.Archives;

/// <summary>An archive that was read to its end and found sound.</summary>
/// <param name="Header">What it is of.</param>
/// <param name="Totals">What it holds.</param>
/// <param name="Kinds">How many actors of each kind.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Hash">The SHA-256 that its last line names, in lower-case hexadecimal digits.</param>
public sealed record ArchiveSummary(
    ArchiveHeader Header, ArchiveTotals Totals, ImmutableSortedDictionary<string, long> Kinds, long Bytes, string Hash);
