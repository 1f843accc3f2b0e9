namespace OrleansScheduler.Clocks;

/// <summary>A clock shard in numbers.</summary>
/// <param name="Schedules">How many schedules it knows with an attention ahead.</param>
/// <param name="Earliest">The earliest attention; null when there is none.</param>
/// <param name="Calling">How many schedules it is calling now.</param>
public sealed record ClockSummary(int Schedules, DateTimeOffset? Earliest, int Calling);
