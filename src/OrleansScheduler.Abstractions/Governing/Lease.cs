using OrleansScheduler.Identity;

namespace OrleansScheduler.Governing;

/// <summary>The permission of a run to hold a slot.</summary>
/// <param name="Run">The run.</param>
/// <param name="Group">The group whose cap it shares; null for none.</param>
/// <param name="Process">The process that runs it.</param>
/// <param name="Token">Grows by one with each grant.</param>
/// <param name="GrantedAt">Since when.</param>
/// <param name="ExpiresAt">When the slot is taken back, whatever the run does. That time is measured from the grant, or from when the governor
/// was loaded last: by a wall clock that was set it may be over sooner or later than this.</param>
public sealed record Lease(RunId Run, string? Group, string Process, long Token, DateTimeOffset GrantedAt, DateTimeOffset ExpiresAt);
