namespace OrleansScheduler.Web.Schedules;

/// <summary>A request to run a schedule now.</summary>
/// <param name="Request">Names the request, so that repeating it is not a second run; 1 to 100 characters. Null for a new name.</param>
/// <param name="Who">Who asks, 1 to 200 characters; null for the interface itself.</param>
internal sealed record ExecuteBody(string? Request = null, string? Who = null);
