using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Cluster.Tests.Postgres;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Storage;

[Collection(PostgresGroup.Name)]
public sealed class PostgresSplitClusterTests(PostgresServer server) : SplitClusterTests
{
    internal override async Task<ClusterRows> RowsAsync() => ClusterRows.InPostgres(await server.NewDatabaseAsync());
}
