using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Client;

/// <summary>A page of schedules.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record SchedulePage(ImmutableArray<ScheduleDetail> Schedules, string? Next = null);
