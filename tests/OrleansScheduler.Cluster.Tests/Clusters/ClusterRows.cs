using Orleans.Storage;
using Orleans.TestingHost;
using OrleansScheduler.Cluster.Tests.Postgres;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>Where the rows of a test are: in its memory, or in PostgreSQL. They outlive its clusters, and no two tests have the same.</summary>
internal sealed class ClusterRows
{
    private static int _created;

    private readonly RowStore _memory = new();
    private readonly string? _postgres;

    private ClusterRows(string? postgres) => _postgres = postgres;

    /// <summary>What the clusters over these rows have in common.</summary>
    public string Service { get; } = InProcessTestClusterBuilder.CreateClusterId() + Interlocked.Increment(ref _created);

    /// <summary>Rows in the database that the variable SCHEDULER_TEST_POSTGRESQL says, a connection string, which has the schema already; without it in memory.</summary>
    public static ClusterRows Create() => Environment.GetEnvironmentVariable("SCHEDULER_TEST_POSTGRESQL") is { Length: > 0 } connection ? InPostgres(connection) : InMemory();

    public static ClusterRows InMemory() => new(null);

    public static ClusterRows InPostgres(string connection) => new(connection);

    /// <summary>The rows as one more process sees them.</summary>
    public async Task<IGrainStorage> OpenAsync() => _postgres is { } connection ? await PostgresStorage.OpenAsync(connection, Service) : _memory;
}
