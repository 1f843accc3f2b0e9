using OrleansScheduler.Schedules;

namespace OrleansScheduler.Web.Schedules;

/// <summary>A schedule as a client defines it: its name beside the fields of <see cref="ScheduleDefinition"/>.</summary>
/// <param name="Name">1 to 100 letters, digits, dots, hyphens or underscores of ASCII.</param>
/// <param name="Trigger">The rule in time.</param>
/// <param name="Target">What runs.</param>
/// <param name="MaxRunDuration">After it a run is aborted; null for 20 minutes.</param>
/// <param name="Tolerance">How late an occurrence may start; null for 60 s.</param>
internal sealed record ScheduleBody(
    string Name, Trigger Trigger, TargetBody Target, TimeSpan? MaxRunDuration = null, TimeSpan? Tolerance = null)
{
    /// <summary>The definition that it means.</summary>
    public ScheduleDefinition ToDefinition() => new(Trigger, Target.ToTarget(), MaxRunDuration, Tolerance);
}
