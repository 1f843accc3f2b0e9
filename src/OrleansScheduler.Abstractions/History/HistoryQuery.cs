using OrleansScheduler.Actions;
using OrleansScheduler.Identity;

namespace OrleansScheduler.History;

/// <summary>Which runs are wanted.</summary>
/// <param name="Schedule">Those of one schedule; null for all.</param>
/// <param name="Status">Those that ended so; null for all.</param>
/// <param name="Before">Those that come after this place, going back in time; null for the newest.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
public sealed record HistoryQuery(ScheduleId? Schedule = null, RunStatus? Status = null, HistoryCursor? Before = null, int Limit = 100);
