using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Client;

/// <summary>A page of runs, newest first.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record RunPage(ImmutableArray<ScheduleRun> Runs, string? Next = null);
