using OrleansScheduler.Cluster.Tests.Actors;
using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Actors;

namespace OrleansScheduler.Cluster.Tests.TwoSilos;

public sealed class TurnConformance : TurnTests
{
    protected override Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) => ClusterEngine.StartAsync(2, settings);
}
