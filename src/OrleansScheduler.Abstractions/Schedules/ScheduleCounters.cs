namespace OrleansScheduler.Schedules;

/// <summary>The fate of every occurrence of a schedule: due = open + ran + skipped.</summary>
/// <param name="Due">Occurrences so far.</param>
/// <param name="Open">Under way.</param>
/// <param name="Ran">Ended, however.</param>
/// <param name="SkippedOverlap">Left out because a run was still under way.</param>
/// <param name="SkippedMissed">Left out because they were noticed later than the tolerance allows.</param>
public sealed record ScheduleCounters(long Due, long Open, long Ran, long SkippedOverlap, long SkippedMissed);
