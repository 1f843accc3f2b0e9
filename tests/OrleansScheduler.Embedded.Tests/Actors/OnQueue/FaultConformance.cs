using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Actors;

namespace OrleansScheduler.Embedded.Tests.Actors.OnQueue;

public sealed class FaultConformance : FaultTests
{
    protected override Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        MemoryEngine.StartAsync(settings, new QueueOnlyScheduler());
}
