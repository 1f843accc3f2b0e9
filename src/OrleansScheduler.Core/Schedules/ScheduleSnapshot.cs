namespace OrleansScheduler.Core.Schedules;

/// <summary>The stored form of a schedule.</summary>
internal sealed record ScheduleSnapshot(ScheduleFacts? Facts, DateTimeOffset? KnownDue, long AttentionNumber, long HeardNumber);
