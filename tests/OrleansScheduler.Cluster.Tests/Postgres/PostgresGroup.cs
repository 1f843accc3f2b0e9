using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>The short tests on PostgreSQL, which run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresGroup
{
    public const string Name = "PostgreSQL";
}
