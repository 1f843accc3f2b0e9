using System.Collections.Immutable;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>A page of the snapshot and the rows that hold it, in order.</summary>
internal sealed record PageEntry(string Name, ImmutableArray<StoredRow> Rows);
