namespace OrleansScheduler.Engine;

/// <summary>Marks an interface as the contract of an actor and gives the kind its stored name.</summary>
/// <param name="kind">Lower-case name; part of every storage key of such actors, so it never changes.</param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class ActorAttribute(string kind) : Attribute
{
    /// <summary>The stored name of this kind of actor.</summary>
    public string Kind { get; } = kind;
}
