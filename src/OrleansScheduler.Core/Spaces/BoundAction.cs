using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Spaces;

/// <summary>A definition with the identity and the fingerprint that follow from it.</summary>
internal sealed record BoundAction(ActionId Id, ActionDefinition Definition, string Implementation);
