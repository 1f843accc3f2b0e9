using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansScheduler.Cluster;
using OrleansScheduler.Cluster.Cron;
using OrleansScheduler.Cluster.Storage;
using OrleansScheduler.Silo.Postgres;

namespace OrleansScheduler.Silo;

/// <summary>Puts a silo together, in memory or on PostgreSQL.</summary>
internal static class SiloBuilding
{
    private const string Npgsql = "Npgsql";

    // A silo that was killed counts as stale after three of them, and then no newcomer tries to reach it any more.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    /// <summary>The silo, not yet started.</summary>
    public static IHost Build(SiloArguments arguments, ClusterSchedulerOptions options, ILoggerFactory loggers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(loggers);

        // The web server of this process hears the signals, and stops this host in its turn.
        builder.Services.AddSingleton<IHostLifetime, ObedientLifetime>();
        builder.UseOrleans(silo =>
        {
            silo.AddOrleansScheduler(options);
            if (arguments.Cronos)
            {
                silo.AddCronos();
            }

            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = arguments.ProbePeriod;
                membership.NumMissedProbesLimit = arguments.ProbeMisses;
                membership.IAmAliveTablePublishTimeout = SignOfLife;
            });
            if (arguments.Postgres is { } connection)
            {
                UsePostgres(silo, arguments, options.StorageName, PostgresConnections.Tuned(connection));
            }
            else
            {
                UseMemory(silo, arguments, options.StorageName);
            }
        });
        return builder.Build();
    }

    private static void UseMemory(ISiloBuilder silo, SiloArguments arguments, string storage)
    {
        IPEndPoint? primary = arguments.Primary is { } port ? new IPEndPoint(IPAddress.Loopback, port) : null;
        silo.UseLocalhostClustering(arguments.SiloPort, arguments.GatewayPort, primary, arguments.Cluster, arguments.Cluster);
        silo.AddMemoryGrainStorage(storage);
        silo.UseInMemoryReminderService();
    }

    private static void UsePostgres(ISiloBuilder silo, SiloArguments arguments, string storage, string connection)
    {
        silo.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = arguments.Cluster);
        silo.ConfigureEndpoints(arguments.Address, arguments.SiloPort, arguments.GatewayPort);
        silo.UseAdoNetClustering(clustering =>
        {
            clustering.Invariant = Npgsql;
            clustering.ConnectionString = connection;
        });
        silo.AddAdoNetGrainStorage(storage, rows =>
        {
            rows.Invariant = Npgsql;
            rows.ConnectionString = connection;
            rows.GrainStorageSerializer = new StoredBytesSerializer();
        });
        silo.UseAdoNetReminderService(reminders =>
        {
            reminders.Invariant = Npgsql;
            reminders.ConnectionString = connection;
        });
    }
}
