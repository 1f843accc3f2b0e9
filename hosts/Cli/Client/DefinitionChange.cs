using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>What became of one definition. Kind and outcome are text here, so that a newer server may know more of them.</summary>
/// <param name="Kind">Group, document, action or schedule.</param>
/// <param name="Id">Its name.</param>
/// <param name="Change">Created, updated, unchanged, orphaned, deleted or failed.</param>
/// <param name="Differences">What differed, a line for each field.</param>
/// <param name="Refusal">Why it failed; null when it did not.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record DefinitionChange(
    string Kind, string Id, string Change, ImmutableArray<string> Differences, DefinitionRefusal? Refusal = null);
