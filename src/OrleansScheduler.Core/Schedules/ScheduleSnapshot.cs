using System.Collections.Immutable;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Schedules;

/// <summary>The stored form of a schedule.</summary>
internal sealed record ScheduleSnapshot(
    ScheduleFacts? Facts, DateTimeOffset? KnownDue, long AttentionNumber, ScheduleDues Dues, ImmutableList<ScheduleRun> Owed);
