using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Embedded;
using OrleansScheduler.Embedded.Actors;
using OrleansScheduler.Embedded.Storage;
using OrleansScheduler.Hosting;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Standalone;

/// <summary>Reads the health of the host off the counters of its engine.</summary>
internal static class EngineHealth
{
    /// <summary>The parts: storage, engine, clocks, background, exports.</summary>
    public static HealthReport Of(SchedulerCondition condition) =>
        new([Storage(condition), Engine(condition.Engine), Clocks(condition), BackgroundHealth.Of(condition.Unwritten), ExportHealth.Of(condition.Export)]);

    // While transactions fail nothing can be changed, so a host in that state is not ready, though it still answers reads.
    private static HealthComponent Storage(SchedulerCondition condition)
    {
        StoreStatistics storage = condition.Storage;
        var data = Data(
            ("appends", storage.Appends),
            ("bytes_written", storage.BytesWritten),
            ("bytes_live", storage.BytesLive),
            ("rows_damaged", storage.RowsDamaged),
            ("log_bytes", storage.LogBytes),
            ("waiting", storage.Waiting),
            ("incarnation", condition.Incarnation),
            ("epoch", condition.Epoch));
        return storage switch
        {
            { IsDegraded: true } => new HealthComponent(
                "storage", HealthStatus.Unhealthy, $"The latest transaction failed: {storage.LastFailure?.Message}", data),
            { IsSlow: true } => new HealthComponent(
                "storage", HealthStatus.Degraded, $"A transaction has been under way for {storage.UnderWay?.TotalSeconds:0} s.", data),
            { Finding: { } finding } => new HealthComponent(
                "storage", HealthStatus.Degraded, $"Transactions succeed, but what was stored is damaged ({finding.Code}): {finding.Message}", data),
            _ => new HealthComponent("storage", HealthStatus.Healthy, "Transactions succeed.", data),
        };
    }

    private static HealthComponent Engine(EngineStatistics engine)
    {
        var data = Data(
            ("live_activations", engine.LiveActivations),
            ("activation_failures", engine.ActivationFailures),
            ("requests", engine.Requests),
            ("unanswered", engine.Unanswered),
            ("overloads", engine.Overloads));
        return new HealthComponent("engine", HealthStatus.Healthy, "Actors answer.", data);
    }

    private static HealthComponent Clocks(SchedulerCondition condition) => condition switch
    {
        { ClockFault: { } fault } => new HealthComponent("clocks", HealthStatus.Degraded, $"Some schedules may not fire: {fault}"),
        { IsOnHold: true } => new HealthComponent(
            "clocks", HealthStatus.Degraded, "On hold: no schedule fires until POST /api/v1/ops/release."),
        _ => new HealthComponent("clocks", HealthStatus.Healthy, "Schedules fire."),
    };

    private static ImmutableSortedDictionary<string, string> Data(params ReadOnlySpan<(string Name, long Value)> facts)
    {
        var data = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            data[name] = value.ToString(CultureInfo.InvariantCulture);
        }

        return data.ToImmutable();
    }
}
