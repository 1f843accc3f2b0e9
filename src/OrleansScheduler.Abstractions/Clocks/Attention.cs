namespace OrleansScheduler.Clocks;

/// <summary>When a schedule wants to be called.</summary>
/// <param name="Number">Grows by one with each change of the schedule's mind.</param>
/// <param name="Due">The instant; null for never.</param>
public sealed record Attention(long Number, DateTimeOffset? Due);
