using System.Collections.Immutable;

namespace OrleansScheduler.Actions;

/// <summary>An action whole.</summary>
/// <param name="Summary">Where it stands.</param>
/// <param name="Definition">What it is bound to.</param>
/// <param name="Revision">How often its definition changed, from 1.</param>
/// <param name="Causes">Why it is to run; at most 100.</param>
/// <param name="Observation">What its newest run left; null before the first.</param>
/// <param name="Runs">The last runs, newest first; at most 16.</param>
public sealed record ActionDetail(
    ActionSummary Summary,
    ActionDefinition Definition,
    long Revision,
    ImmutableArray<Cause> Causes,
    Observation? Observation,
    ImmutableArray<ActionRun> Runs);
