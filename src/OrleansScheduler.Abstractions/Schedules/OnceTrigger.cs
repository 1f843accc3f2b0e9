namespace OrleansScheduler.Schedules;

/// <summary>Due one time; then the schedule is completed.</summary>
/// <param name="Instant">Any instant. One that lies in the past when the schedule is created is due at once, if the tolerance allows it, else missed.</param>
public sealed record OnceTrigger(DateTimeOffset Instant) : Trigger;
