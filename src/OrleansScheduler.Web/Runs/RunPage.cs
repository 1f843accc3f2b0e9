using System.Collections.Immutable;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Web.Schedules;

/// <summary>The last runs of a schedule.</summary>
/// <param name="Runs">Newest first.</param>
internal sealed record RunPage(ImmutableArray<ScheduleRun> Runs)
{
    /// <summary>So many runs of a schedule are kept.</summary>
    public const int RunsMax = 200;
}
