namespace OrleansScheduler.Web.Health;

/// <summary>What the host tells about itself. Implemented by the host; called for every question about its health.</summary>
public interface ISchedulerHealth
{
    /// <summary>How the host is now, from what it has at hand: it waits for nothing and does not throw.</summary>
    HealthReport Report();
}
