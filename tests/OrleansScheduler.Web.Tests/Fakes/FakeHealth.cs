using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Web.Fakes;

/// <summary>Health as a test wants it.</summary>
public sealed class FakeHealth : ISchedulerHealth
{
    public HealthReport Next { get; set; } = new([]);

    public HealthReport Report() => Next;
}
