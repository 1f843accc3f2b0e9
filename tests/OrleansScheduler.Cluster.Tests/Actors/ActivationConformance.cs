using OrleansScheduler.Cluster.Tests.Clusters;
using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Actors;

namespace OrleansScheduler.Cluster.Tests.Actors;

public sealed class ActivationConformance : ActivationTests
{
    protected override Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) => ClusterEngine.StartAsync(TestSilos.Count, settings);
}
