using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>Removes what is at an address; nothing happens when nothing is there. Later elements of an array move up.</summary>
/// <param name="Address">A document or a place in one.</param>
public sealed record RemoveOperation(Address Address) : Operation;
