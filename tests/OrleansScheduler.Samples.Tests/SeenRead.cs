using OrleansScheduler.Documents;

namespace OrleansScheduler.Samples.Tests;

/// <summary>What a run read, and what it saw there.</summary>
internal sealed record SeenRead(Address Address, ReadDepth Depth, JsonValue? Value)
{
    /// <summary>True while a run would still see the same.</summary>
    public bool IsCurrent(MemorySpace space)
    {
        var present = space.Read(Address);
        return Depth == ReadDepth.Deep ? JsonValue.Same(Value, present) : JsonValue.SameShape(Value, present);
    }
}
