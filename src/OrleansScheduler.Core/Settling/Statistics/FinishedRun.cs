using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Settling.Statistics;

/// <summary>What statistics want to know of a run.</summary>
/// <param name="Action">Which action ran.</param>
/// <param name="HasFailed">Whether it did not complete.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Duration">How long it took.</param>
internal readonly record struct FinishedRun(ActionId Action, bool HasFailed, DateTimeOffset StartedAt, TimeSpan Duration);
