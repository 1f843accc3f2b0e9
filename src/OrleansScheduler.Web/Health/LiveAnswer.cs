namespace OrleansScheduler.Web.Health;

/// <summary>The process answers.</summary>
/// <param name="Status">Always healthy: a process that is not would not answer.</param>
internal sealed record LiveAnswer(HealthStatus Status);
