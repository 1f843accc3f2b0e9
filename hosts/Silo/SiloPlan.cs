using System.Globalization;
using OrleansScheduler.Cluster.Cron;
using OrleansScheduler.Hosting;

namespace OrleansScheduler.Silo;

/// <summary>What this host does with its command line.</summary>
internal static class SiloPlan
{
    // Other silos take the actors over meanwhile, and the cluster has to hear of it.
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(15);

    /// <summary>What to do; null when only the usage is wanted.</summary>
    public static HostPlan? Of(SiloArguments arguments) => arguments.Help
        ? null
        : new HostPlan(
            arguments.Data,
            (services, cancellation) => SiloComposition.StartAsync(arguments, services, cancellation),
            (output, address, _) => Announce(output, arguments, address))
        {
            EngineStopTimeMax = StopTimeMax,
            Evaluator = arguments.Cronos ? new CronosEvaluator() : null,
        };

    private static void Announce(TextWriter output, SiloArguments arguments, string address)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"OrleansScheduler is a silo of cluster {arguments.Cluster} at {arguments.Address}:{arguments.SiloPort}, clients reach it at port {arguments.GatewayPort}"));
        output.WriteLine(arguments.Postgres is null
            ? "Memory only: when the silos stop, everything is gone. With --postgres it stays."
            : "Everything is kept in PostgreSQL.");
        if (!System.Net.IPAddress.IsLoopback(arguments.Address))
        {
            output.WriteLine("Silos trust each other: nobody else may reach these two ports.");
        }

        output.WriteLine($"Look   curl {address}/");
        if (arguments.Hold)
        {
            output.WriteLine($"Hold   this silo fires no schedule until: curl -X POST {address}/api/v1/ops/release");
        }
    }
}
