namespace OrleansScheduler.Web.Actions;

/// <summary>A request to run an action.</summary>
/// <param name="Who">Who asks, 1 to 200 characters; null for the interface itself.</param>
internal sealed record MarkBody(string? Who = null);
