using System.Collections.Immutable;
using OrleansScheduler.Schedules;

namespace OrleansScheduler.History;

/// <summary>Ended runs.</summary>
/// <param name="Runs">Newest first.</param>
/// <param name="HasMore">Whether older ones of the same kind are in the same history.</param>
public sealed record HistoryPage(ImmutableArray<ScheduleRun> Runs, bool HasMore);
