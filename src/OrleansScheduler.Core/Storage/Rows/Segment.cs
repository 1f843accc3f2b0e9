using System.Collections.Immutable;

namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>Entries outside of the head: a row with entries or, on a level above zero, a row that names such segments.</summary>
internal sealed record Segment(StoredRow Row, int Level, long Last, ImmutableArray<Segment> Below)
{
    /// <summary>The rows of this segment and of all below it.</summary>
    public IEnumerable<StoredRow> Rows => Below.SelectMany(segment => segment.Rows).Append(Row);

    /// <summary>The segments with entries, oldest first.</summary>
    public IEnumerable<Segment> Leaves => Level == 0 ? [this] : Below.SelectMany(segment => segment.Leaves);
}
