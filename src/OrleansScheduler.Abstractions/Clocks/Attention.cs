namespace OrleansScheduler.Clocks;

/// <summary>When a schedule wants to be called.</summary>
/// <param name="Number">Grows by one with each change of the schedule's mind.</param>
/// <param name="Due">The instant; null for never.</param>
/// <param name="SinceStart">For a schedule that wants to be called at each start of the deployment: the id of the last start that it knows. Null for others.</param>
public sealed record Attention(long Number, DateTimeOffset? Due, string? SinceStart = null);
