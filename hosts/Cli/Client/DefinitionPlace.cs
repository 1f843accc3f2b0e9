using System.Text.Json.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>Where in a file something is defined.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Field">The path of the field; empty for the whole file.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record DefinitionPlace(string File, int Line, int Column, string Field);
