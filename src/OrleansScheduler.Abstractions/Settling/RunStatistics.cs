using OrleansScheduler.Identity;

namespace OrleansScheduler.Settling;

/// <summary>What the runs of one action took so far.</summary>
/// <param name="Action">The action.</param>
/// <param name="Runs">How many runs are counted.</param>
/// <param name="Failed">How many of them did not complete.</param>
/// <param name="Total">The time that all of them took together.</param>
/// <param name="Average">The mean time of one.</param>
/// <param name="Max">The time that the longest took.</param>
/// <param name="Last">The time that the newest took.</param>
/// <param name="LastAt">When the newest was started; UTC.</param>
public sealed record RunStatistics(
    ActionId Action, long Runs, long Failed, TimeSpan Total, TimeSpan Average, TimeSpan Max, TimeSpan Last, DateTimeOffset LastAt);
