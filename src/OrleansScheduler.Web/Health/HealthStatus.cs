namespace OrleansScheduler.Web.Health;

/// <summary>How well something is, from good to bad.</summary>
public enum HealthStatus
{
    /// <summary>It does what it should.</summary>
    Healthy,

    /// <summary>It does what it should, but not all of it or not in time.</summary>
    Degraded,

    /// <summary>It does not do what it should; requests will fail.</summary>
    Unhealthy,
}
