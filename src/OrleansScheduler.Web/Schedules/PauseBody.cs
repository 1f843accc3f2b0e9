namespace OrleansScheduler.Web.Schedules;

/// <summary>A request to pause a schedule.</summary>
/// <param name="Who">Who asks, 1 to 200 characters; null for the interface itself.</param>
/// <param name="Reason">Why, 1 to 1,000 characters; null for a general one.</param>
internal sealed record PauseBody(string? Who = null, string? Reason = null);
