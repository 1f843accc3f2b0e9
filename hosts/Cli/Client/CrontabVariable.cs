using System.Text.Json.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>A variable of a crontab.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Line">From 1.</param>
/// <param name="Effect">What became of it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record CrontabVariable(string Name, string Value, int Line, string Effect);
