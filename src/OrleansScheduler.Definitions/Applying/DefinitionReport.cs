using System.Collections.Immutable;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>What applying a file did.</summary>
/// <param name="Set">The set, as <c>owner/name</c>.</param>
/// <param name="DryRun">True when it only says what would happen.</param>
/// <param name="Changes">Groups, documents, actions, schedules, each in the order of the file; then what the file no longer names.</param>
public sealed record DefinitionReport(string Set, bool DryRun, ImmutableArray<DefinitionChange> Changes)
{
    /// <summary>True when the server refused at least one definition.</summary>
    public bool IsFailed => Count(DefinitionOutcome.Failed) > 0;

    /// <summary>True when everything was as the file wants it: nothing was written, or would be.</summary>
    public bool IsUnchanged => Changes.All(change => change.Change is DefinitionOutcome.Unchanged or DefinitionOutcome.Orphaned);

    /// <summary>How many definitions had an outcome.</summary>
    public int Count(DefinitionOutcome outcome) => Changes.Count(change => change.Change == outcome);
}
