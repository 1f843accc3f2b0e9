using OrleansScheduler.Conformance;
using OrleansScheduler.Conformance.Actors;

namespace OrleansScheduler.Embedded.Tests.Actors.OnMemory;

public sealed class WakeupConformance : WakeupTests
{
    protected override Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) => MemoryEngine.StartAsync(settings);
}
