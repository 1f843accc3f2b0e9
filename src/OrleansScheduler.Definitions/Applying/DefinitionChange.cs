using System.Collections.Immutable;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>What became of one definition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The name of a group or schedule; <c>space/document</c>; <c>space/action id</c>, or <c>space/action name</c> while the
/// action has no id because it does not exist.</param>
/// <param name="Change">What became of it.</param>
/// <param name="Differences">What differed, a line <c>field: old -> new</c> for each field; empty when nothing did.</param>
/// <param name="Refusal">Why it failed; null when it did not.</param>
public sealed record DefinitionChange(
    DefinitionKind Kind, string Id, DefinitionOutcome Change, ImmutableArray<string> Differences, DefinitionRefusal? Refusal = null);
