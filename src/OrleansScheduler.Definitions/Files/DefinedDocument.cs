using OrleansScheduler.Documents;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Definitions.Files;

/// <summary>A seed: the document is created with this value when there is none, and never overwritten.</summary>
/// <param name="Space">The space that holds it.</param>
/// <param name="Document">Its id.</param>
/// <param name="Value">What it begins with.</param>
/// <param name="Place">Where it is defined.</param>
public sealed record DefinedDocument(SpaceId Space, DocumentId Document, JsonValue Value, DefinitionPlace Place);
