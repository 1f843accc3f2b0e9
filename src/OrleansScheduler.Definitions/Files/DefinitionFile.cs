using System.Collections.Immutable;

namespace OrleansScheduler.Definitions.Files;

/// <summary>What one file defines for one owner: everything in it was checked, except what only the server can know.</summary>
/// <param name="Owner">The tenant that the definitions belong to.</param>
/// <param name="Name">The name of the set. What one set created, only the same set reports as orphaned and prunes.</param>
/// <param name="FileName">The name of the file, for messages.</param>
/// <param name="Groups">Concurrency groups, in the order of the file.</param>
/// <param name="Documents">Seeds of documents, in the order of the file.</param>
/// <param name="Actions">Actions, in the order of the file.</param>
/// <param name="Schedules">Schedules, in the order of the file.</param>
public sealed record DefinitionFile(
    string Owner,
    string Name,
    string FileName,
    ImmutableArray<DefinedGroup> Groups,
    ImmutableArray<DefinedDocument> Documents,
    ImmutableArray<DefinedAction> Actions,
    ImmutableArray<DefinedSchedule> Schedules)
{
    /// <summary>The name of a set that names none.</summary>
    public const string DefaultName = "default";

    /// <summary>The key of the set: owner and name, parted by a slash.</summary>
    public string Set => $"{Owner}/{Name}";
}
