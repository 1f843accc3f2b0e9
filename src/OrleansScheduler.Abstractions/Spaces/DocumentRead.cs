using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>What was found at an address.</summary>
/// <param name="Address">What was read.</param>
/// <param name="Depth">Deep or shallow.</param>
/// <param name="Sequence">The sequence at which it last changed; for an absent value that of its nearest existing ancestor.</param>
/// <param name="Hash">The hash of the value, or of its shape.</param>
/// <param name="Value">For a deep read the value; null when it is absent.</param>
/// <param name="Shape">For a shallow read the shape; null when it is absent.</param>
public sealed record DocumentRead(
    Address Address, ReadDepth Depth, long Sequence, ContentHash Hash, JsonValue? Value, JsonShape? Shape)
{
    /// <summary>The same without the content: what a commit or an observation keeps of it.</summary>
    public ConfirmedRead Confirm() => new(Address, Depth, Sequence, Hash);
}
