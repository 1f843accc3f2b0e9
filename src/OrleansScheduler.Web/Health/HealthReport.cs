using System.Collections.Immutable;

namespace OrleansScheduler.Web.Health;

/// <summary>How the host is.</summary>
/// <param name="Components">Its parts; none means that there is nothing to complain about.</param>
public sealed record HealthReport(ImmutableArray<HealthComponent> Components)
{
    /// <summary>The worst status of all parts.</summary>
    public HealthStatus Status => Components.Select(component => component.Status).DefaultIfEmpty(HealthStatus.Healthy).Max();
}
