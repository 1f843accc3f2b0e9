namespace OrleansScheduler.Web.Schedules;

/// <summary>An administrator's word that the command of a schedule may run.</summary>
/// <param name="CommandHash">The hash of the payload that was looked at: 32 lower-case hexadecimal digits.</param>
/// <param name="Note">For people, up to 2,000 characters; null for the name of the schedule.</param>
/// <param name="Who">Who allows it, 1 to 200 characters; null for the interface itself.</param>
internal sealed record AllowBody(string CommandHash, string? Note = null, string? Who = null);
