using System.Collections.Immutable;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Core.Spaces;

/// <summary>What the operations of a commit make of a tree.</summary>
/// <param name="Before">The tree before.</param>
/// <param name="After">The tree after; the same object when nothing changed.</param>
/// <param name="Touch">Where the two may differ.</param>
/// <param name="Changed">The addresses of the operations that changed something.</param>
internal sealed record TreeChange(DocumentTree Before, DocumentTree After, Touch Touch, ImmutableArray<Address> Changed)
{
    public bool IsChange => !ReferenceEquals(Before, After);
}
