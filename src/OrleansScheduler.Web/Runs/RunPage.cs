using System.Collections.Immutable;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Web.Runs;

/// <summary>A page of runs.</summary>
/// <param name="Runs">Newest first: open ones of a schedule, then ended ones by when they ended.</param>
/// <param name="Next">Pass it as <c>cursor</c> for the next page; null at the end.</param>
internal sealed record RunPage(ImmutableArray<ScheduleRun> Runs, string? Next = null)
{
    /// <summary>The longest page, and how many runs a schedule itself is asked for.</summary>
    public const int RunsMax = 200;
}
