namespace OrleansScheduler.Schedules;

/// <summary>Due one time; then the schedule is completed.</summary>
/// <param name="Instant">Any instant. One that lies in the past when the schedule is defined is due at once, if the tolerance allows it, else missed;
/// but a schedule for which the same or a later single instant was due before is not due again.</param>
public sealed record OnceTrigger(DateTimeOffset Instant) : Trigger;
