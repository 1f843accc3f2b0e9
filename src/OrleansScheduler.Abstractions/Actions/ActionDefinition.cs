using System.Collections.Immutable;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Actions;

/// <summary>A node of a space: a handler and what it is bound to.</summary>
/// <param name="Name">1 to 100 characters without '/', '~' and control characters.</param>
/// <param name="Handler">The name of a registered handler.</param>
/// <param name="Kind">Computation or effect.</param>
/// <param name="Inputs">Prefixes of what it reads; at most 100. They give order and liveness before its first run.</param>
/// <param name="Outputs">Prefixes of what it writes; at most 100. None of them may overlap an input.</param>
/// <param name="Payload">What the handler is to know; null for nothing.</param>
/// <param name="TimeLimit">How long a run may take, 1 ms to 20 minutes; null for 1 s (computation) or 30 s (effect).</param>
public sealed record ActionDefinition(
    string Name,
    string Handler,
    ActionKind Kind,
    ImmutableArray<Address> Inputs,
    ImmutableArray<Address> Outputs,
    JsonValue? Payload = null,
    TimeSpan? TimeLimit = null)
{
    /// <summary>How long a run may take.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan EffectiveTimeLimit => TimeLimit ?? TimeSpan.FromSeconds(Kind == ActionKind.Effect ? 30 : 1);
}
