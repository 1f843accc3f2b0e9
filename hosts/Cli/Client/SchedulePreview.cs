using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Cli.Client;

/// <summary>When a definition would be due. The server answers with it, and <c>next</c> computes it here.</summary>
/// <param name="Trigger">The rule in time.</param>
/// <param name="Description">The same in words.</param>
/// <param name="Next">The next instants, in order.</param>
/// <param name="Definition">The whole definition; null when there is only a trigger.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record SchedulePreview(
    Trigger Trigger, string Description, ImmutableArray<DateTimeOffset> Next, ScheduleDefinition? Definition = null);
