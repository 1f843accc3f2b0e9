using System.Text.Json.Serialization;

namespace OrleansScheduler.Cli.Outcomes;

/// <summary>Something wrong with a file of definitions, as the server says it.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="File">The name of the file; null when it is not told.</param>
/// <param name="Line">From 1; null when it is not told.</param>
/// <param name="Column">From 1; null when it is not told.</param>
/// <param name="Field">The field; null when it is not told.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record DefinitionFault(string Message, string? File = null, int? Line = null, int? Column = null, string? Field = null);
