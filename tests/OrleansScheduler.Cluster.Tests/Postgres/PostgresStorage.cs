using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using OrleansScheduler.Cluster.Storage;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>The storage provider of a silo on PostgreSQL, without the silo.</summary>
internal static class PostgresStorage
{
    private static readonly IActivatorProvider Activators =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<IActivatorProvider>();

    /// <summary>A provider of its own, as every silo has one.</summary>
    /// <param name="connection">The database, which has the schema.</param>
    /// <param name="service">Whose rows.</param>
    public static async Task<IGrainStorage> OpenAsync(string connection, string service)
    {
        var options = new AdoNetGrainStorageOptions { Invariant = "Npgsql", ConnectionString = connection, GrainStorageSerializer = new StoredBytesSerializer() };
        var cluster = new ClusterOptions { ServiceId = service, ClusterId = service };
        var storage = new AdoNetGrainStorage(
            Activators, NullLogger<AdoNetGrainStorage>.Instance, Options.Create(options), Options.Create(cluster), "scheduler");
        var lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        storage.Participate(lifecycle);
        await lifecycle.OnStart();
        return storage;
    }
}
