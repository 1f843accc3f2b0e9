namespace OrleansScheduler.Web.Schedules;

/// <summary>A request to resume a schedule.</summary>
/// <param name="Who">Who asks, 1 to 200 characters; null for the interface itself.</param>
internal sealed record ResumeBody(string? Who = null);
