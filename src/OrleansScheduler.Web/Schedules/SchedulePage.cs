using System.Collections.Immutable;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Web.Schedules;

/// <summary>A page of schedules: their names, or each of them whole.</summary>
/// <param name="Names">In ordinal order; null when they are shown whole.</param>
/// <param name="Schedules">In ordinal order of their names, without those that were deleted meanwhile; null when only names are shown.</param>
/// <param name="Next">Pass it as <c>after</c> for the next page; null at the end.</param>
internal sealed record SchedulePage(ImmutableArray<string>? Names, ImmutableArray<ScheduleDetail>? Schedules, string? Next)
{
    /// <summary>The longest page of whole schedules.</summary>
    public const int WholeMax = 100;
}
