namespace OrleansScheduler.Schedules;

/// <summary>Due when the local calendar of a zone fits a cron expression.</summary>
/// <param name="Expression">Five fields, six with seconds, or a macro such as <c>@daily</c>; at most 1,000 characters. <c>H</c> takes values that depend on the schedule's id.</param>
/// <param name="Zone">The IANA name of the zone whose clocks count.</param>
/// <param name="DayMatch">How the two day fields combine when both are restricted.</param>
public sealed record CronTrigger(string Expression, string Zone = "UTC", DayMatch DayMatch = DayMatch.Both) : Trigger;
