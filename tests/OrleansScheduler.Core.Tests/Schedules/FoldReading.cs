using System.Collections.Immutable;
using OrleansScheduler.Core.Schedules;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.Core.Tests.Schedules;

/// <summary>Short ways to what tests look at.</summary>
internal static class FoldReading
{
    /// <summary>The newest open run.</summary>
    public static ScheduleRun? OpenRun(this ScheduleFold fold) => fold.Facts?.Open.LastOrDefault();

    /// <summary>Open and kept runs, newest first.</summary>
    public static ImmutableArray<ScheduleRun> Runs(this ScheduleFacts facts) => [.. facts.Open.Reverse(), .. facts.Ended];

    /// <summary>Everybody has heard everything.</summary>
    public static ScheduleEntry.Heard AllHeard(this ScheduleFold fold) =>
        new(fold.AttentionNumber, fold.Dues.Membership, fold.Dues.Ended);
}
