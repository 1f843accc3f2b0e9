using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Actors;

namespace OrleansScheduler.Embedded.Tests.Actors.OnQueue;

public sealed class TurnConformance : TurnTests
{
    protected override Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) =>
        MemoryEngine.StartAsync(settings, new QueueOnlyScheduler());
}
