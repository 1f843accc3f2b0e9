using System.Text.Json.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>What importing a crontab did, as far as it is shown here.</summary>
/// <param name="Reading">What the file holds.</param>
/// <param name="Report">What became of it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record CrontabImport(CrontabReading Reading, DefinitionReport Report);
