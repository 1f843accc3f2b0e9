using OrleansScheduler.Actions;

namespace OrleansScheduler.Core.Schedules;

/// <summary>How the run of a target ended.</summary>
internal sealed record TargetOutcome(RunStatus Status, long? Commit, int Turns, RunError? Error, bool Completes, string? Log);
