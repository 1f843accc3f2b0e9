using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>Puts a value at an address.</summary>
/// <param name="Address">A document or a place in one. Missing objects on the way are created; an index may be that of an
/// element, or the length of its array to append.</param>
/// <param name="Value">The new value.</param>
public sealed record SetOperation(Address Address, JsonValue Value) : Operation;
