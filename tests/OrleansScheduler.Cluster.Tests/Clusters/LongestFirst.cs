using Xunit.Sdk;
using Xunit.v3;

namespace OrleansScheduler.Cluster.Tests.Clusters;

/// <summary>Begins with what takes longest, so that it does not run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = ["ReminderTests", "ClusterLifeTests", "ScheduleOracle", "GraphOracle"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(static collection => Rank(collection.TestCollectionDisplayName))];

    private static int Rank(string name) => Array.FindIndex(Long, name.Contains) is var found and >= 0 ? found : Long.Length;
}
