namespace OrleansScheduler.Schedules;

/// <summary>Due at anchor + n × period, free of drift.</summary>
/// <param name="Period">10 ms to 366 days.</param>
/// <param name="Anchor">Any instant; null for that of the schedule's creation.</param>
public sealed record IntervalTrigger(TimeSpan Period, DateTimeOffset? Anchor = null) : Trigger;
