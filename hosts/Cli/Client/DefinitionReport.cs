using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>What applying a set of definitions did.</summary>
/// <param name="Set">The set, as <c>owner/name</c>.</param>
/// <param name="DryRun">True when it only says what would happen.</param>
/// <param name="Changes">One for each definition.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record DefinitionReport(string Set, bool DryRun, ImmutableArray<DefinitionChange> Changes)
{
    /// <summary>What the server refused.</summary>
    [JsonIgnore]
    public IEnumerable<DefinitionChange> Failed => Changes.Where(change => change.Change == "failed");

    /// <summary>How many have an outcome.</summary>
    public int Count(string outcome) => Changes.Count(change => change.Change == outcome);
}
