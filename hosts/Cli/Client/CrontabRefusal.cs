using System.Text.Json.Serialization;

namespace OrleansScheduler.Cli.Client;

/// <summary>A line of a crontab that is not imported.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1: where it stops making sense.</param>
/// <param name="Text">The line.</param>
/// <param name="Reason">Why.</param>
/// <param name="Expected">What could stand there; null when it is not told.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record CrontabRefusal(int Line, int Column, string Text, string Reason, string? Expected = null);
