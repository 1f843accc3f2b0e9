using OrleansScheduler.Identity;

namespace OrleansScheduler.Governing;

/// <summary>The permission of a run to hold a slot.</summary>
/// <param name="Run">The run.</param>
/// <param name="Group">The group whose cap it shares; null for none.</param>
/// <param name="Process">The process that runs it.</param>
/// <param name="Token">Grows by one with each grant.</param>
/// <param name="GrantedAt">Since when.</param>
/// <param name="ExpiresAt">When the slot is taken back, whatever the run does.</param>
public sealed record Lease(RunId Run, string? Group, string Process, long Token, DateTimeOffset GrantedAt, DateTimeOffset ExpiresAt);
