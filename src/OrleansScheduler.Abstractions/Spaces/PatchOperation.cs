using OrleansScheduler.Documents;

namespace OrleansScheduler.Spaces;

/// <summary>Applies a JSON patch to a document, whole or not at all.</summary>
/// <param name="Document">The document; it may be absent, for a patch that adds its root.</param>
/// <param name="Patch">An array of operations as RFC 6902 defines them.</param>
public sealed record PatchOperation(DocumentId Document, JsonValue Patch) : Operation;
