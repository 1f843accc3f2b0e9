using System.Collections.Immutable;

namespace OrleansScheduler.Settling;

/// <summary>What the runs of a space took so far, with some of its actions.</summary>
/// <param name="Runs">How many runs of all actions are counted.</param>
/// <param name="Failed">How many of them did not complete.</param>
/// <param name="Total">The time that all of them took together.</param>
/// <param name="Actions">Actions in the order of their first run.</param>
/// <param name="Next">What to ask for the actions after these; null at the end.</param>
public sealed record StatisticsPage(long Runs, long Failed, TimeSpan Total, ImmutableArray<RunStatistics> Actions, string? Next);
