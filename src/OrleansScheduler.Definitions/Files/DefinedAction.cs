using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Definitions.Files;

/// <summary>An action of a file.</summary>
/// <param name="Space">The space that owns it.</param>
/// <param name="Definition">What it is bound to.</param>
/// <param name="Place">Where it is defined.</param>
public sealed record DefinedAction(SpaceId Space, ActionDefinition Definition, DefinitionPlace Place);
