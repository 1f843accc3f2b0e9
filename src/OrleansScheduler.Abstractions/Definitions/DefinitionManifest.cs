using System.Collections.Immutable;

namespace OrleansScheduler.Definitions;

/// <summary>What a set of definitions has created, so that what it no longer names can be told from what others created.</summary>
/// <param name="Revision">Grows by one with each change; 0 before the first.</param>
/// <param name="Groups">Names of concurrency groups.</param>
/// <param name="Documents">Documents, as <c>space/document</c>.</param>
/// <param name="Actions">Actions, as <c>space/action id</c>.</param>
/// <param name="Schedules">Names of schedules.</param>
public sealed record DefinitionManifest(
    long Revision,
    ImmutableSortedSet<string> Groups,
    ImmutableSortedSet<string> Documents,
    ImmutableSortedSet<string> Actions,
    ImmutableSortedSet<string> Schedules)
{
    /// <summary>That of a set that has created nothing.</summary>
    public static DefinitionManifest Empty { get; } = new(0, [], [], [], []);
}
