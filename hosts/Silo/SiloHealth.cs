using System.Collections.Immutable;
using System.Globalization;
using Orleans.Runtime;
using OrleansScheduler.Cluster;
using OrleansScheduler.Hosting;
using OrleansScheduler.Silo.Postgres;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Silo;

/// <summary>The health of this silo. Each one tells its own.</summary>
/// <param name="scheduler">The scheduler in it.</param>
/// <param name="silo">Its address.</param>
/// <param name="membership">What this silo knows of the cluster.</param>
/// <param name="database">The watch over the database; null in memory.</param>
internal sealed class SiloHealth(ClusterScheduler scheduler, SiloAddress silo, IClusterMembershipService membership, DatabaseWatch? database)
{
    /// <summary>The parts: cluster, storage, clocks, background, exports.</summary>
    public HealthReport Report() => new([Cluster(), Storage(), Clocks(), Background(), ExportHealth.Of(scheduler.Export)]);

    private static ImmutableSortedDictionary<string, string> Data(string name, long value) => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
        .Add(name, value.ToString(CultureInfo.InvariantCulture));

    // Silos that left are remembered for days; only those that should be there and are not matter.
    private HealthComponent Cluster()
    {
        var snapshot = membership.CurrentSnapshot;
        var active = snapshot.Members.Values.Count(member => member.Status == SiloStatus.Active);
        var coming = snapshot.Members.Values.Count(member => member.Status is SiloStatus.Joining or SiloStatus.Created);
        var data = Data("active_silos", active)
            .Add("coming_silos", coming.ToString(CultureInfo.InvariantCulture))
            .Add("membership_version", snapshot.Version.Value.ToString(CultureInfo.InvariantCulture));
        return snapshot.GetSiloStatus(silo) == SiloStatus.Active
            ? new HealthComponent("cluster", HealthStatus.Healthy, "This silo is a member of the cluster.", data)
            : new HealthComponent("cluster", HealthStatus.Unhealthy, "This silo is no active member of the cluster.", data);
    }

    private HealthComponent Storage() => database switch
    {
        null => new HealthComponent("storage", HealthStatus.Healthy, "In memory only: nothing stays when the silos stop.", Data("epoch", scheduler.Epoch)),
        { Fault: { } fault } => new HealthComponent("storage", HealthStatus.Unhealthy, $"The database does not answer: {fault}"),
        _ => new HealthComponent("storage", HealthStatus.Healthy, "The database answers.", Data("epoch", scheduler.Epoch)),
    };

    private HealthComponent Clocks() => scheduler switch
    {
        { ClockFault: { } fault } => new HealthComponent("clocks", HealthStatus.Degraded, $"Some schedules may not fire: {fault}"),
        { IsOnHold: true } => new HealthComponent(
            "clocks", HealthStatus.Degraded, "On hold: schedules of this silo do not fire until POST /api/v1/ops/release."),
        _ => new HealthComponent("clocks", HealthStatus.Healthy, "Schedules fire."),
    };

    // What cannot be written now may still be; what an actor left behind is lost.
    private HealthComponent Background() => scheduler.Unflushed switch
    {
        [] => BackgroundHealth.Of(scheduler.Unwritten),
        [var first, ..] and { Length: var length } => new HealthComponent(
            "background",
            HealthStatus.Degraded,
            $"Ended without having stored its newest state: {first}",
            Data("unflushed", length).Add("unwritten", scheduler.Unwritten.Length.ToString(CultureInfo.InvariantCulture))),
    };
}
