using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>The tests that share one server, and run one after another: they measure and they kill.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PostgresGroup : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
