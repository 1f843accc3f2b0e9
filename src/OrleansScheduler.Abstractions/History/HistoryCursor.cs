using OrleansScheduler.Identity;

namespace OrleansScheduler.History;

/// <summary>A place in a history, which is ordered by when runs ended.</summary>
/// <param name="EndedAt">When the run ended.</param>
/// <param name="Run">The run.</param>
public sealed record HistoryCursor(DateTimeOffset EndedAt, RunId Run);
