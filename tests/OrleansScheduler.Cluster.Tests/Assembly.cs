using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Cluster.Tests.Postgres;
using Xunit;

// Tests wait for silos more than they compute, and the longest ones wait for minutes of real time.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: AssemblyFixture(typeof(PostgresServer))]
