using System.Text.Json.Serialization;
using OrleansScheduler.Cli.Outcomes;

namespace OrleansScheduler.Cli.Client;

/// <summary>Why the server refused a definition.</summary>
/// <param name="Code">The code, for programs.</param>
/// <param name="Message">The same for people.</param>
/// <param name="Place">Where the file defines it; null for what it no longer names.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record DefinitionRefusal(string Code, string Message, DefinitionPlace? Place = null)
{
    /// <summary>The same as a fault of the file.</summary>
    public DefinitionFault ToFault(string id) => Place is { } place
        ? new DefinitionFault($"{Code}: {Message}", place.File, place.Line, place.Column, place.Field)
        : new DefinitionFault($"{Code}: {Message}", Field: id);
}
