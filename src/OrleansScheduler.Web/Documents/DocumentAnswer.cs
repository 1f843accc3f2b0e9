using OrleansScheduler.Documents;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Web.Documents;

/// <summary>A value that was found.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Depth">How it was read.</param>
/// <param name="Sequence">The sequence of the space at which it was read.</param>
/// <param name="LastChanged">The sequence at which it last changed.</param>
/// <param name="Hash">Its hash, or that of its shape; the entity tag is the same.</param>
/// <param name="Value">For a deep read the value.</param>
/// <param name="Shape">For a shallow read the shape.</param>
internal sealed record DocumentAnswer(
    Address Address, ReadDepth Depth, long Sequence, long LastChanged, ContentHash Hash, JsonValue? Value, JsonShape? Shape);
