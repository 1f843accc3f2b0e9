using OrleansScheduler.Identity;

namespace OrleansScheduler.Governing;

/// <summary>A run that wants to start.</summary>
/// <param name="Run">The run. Asking again for it is the same request.</param>
/// <param name="Group">The group whose cap it shares; null for none. A group without a cap of its own bounds nothing.</param>
/// <param name="QueuedAt">Since when it waits: who waits longest is next.</param>
/// <param name="MaxRunDuration">How long it may hold the slot, 10 ms to 7 days.</param>
/// <param name="Process">The process that is going to run it.</param>
/// <param name="Position">How much of the run's schedule the one who asks has stored: who has more is newer.</param>
/// <param name="Since">Since when the one who asks cares for the run; it decides between equal positions.</param>
public sealed record SlotRequest(
    RunId Run,
    string? Group,
    DateTimeOffset QueuedAt,
    TimeSpan MaxRunDuration,
    string Process,
    long Position = 0,
    DateTimeOffset Since = default);
